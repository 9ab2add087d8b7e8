import { takeLock } from '../../../../runtime/service/db/lock-file.ts';

// One of several processes that want the same lock: takes each file it is named, at the instant it is told, and keeps it until then.
let release: (() => void) | undefined;
process.on('message', ({ file, at }: { file: string; at: number }) => {
  release?.();
  release = undefined;
  while (Date.now() < at);
  try {
    release = takeLock(file);
  } catch (error) {
    return process.send?.((error as Error).message);
  }
  return process.send?.('taken');
});
process.send?.('ready');
