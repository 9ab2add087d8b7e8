import { parseArgs } from 'node:util';
import { configFrom, type ServiceConfig } from '../service/config.ts';
import { TakenError } from '../service/db/lock-file.ts';
import { startService } from '../service/main.ts';
import { loadSoundConfiguration, productFolder, shippedConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** EX_TEMPFAIL: whoever keeps the process running starts it again. */
const EXIT_RESTART = 75;

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  'preview-clock': { type: 'boolean' },
  configuration: { type: 'string' },
  'print-config': { type: 'boolean' },
} as const;

/** `lintel serve`: runs the service until it is told to stop; prints the one address to open. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { config, printConfig } = readOptions(args);
  if (printConfig) {
    io.print(JSON.stringify(config, null, 2));
    return 0;
  }
  const shipped = {
    configuration: () => loadSoundConfiguration(shippedConfiguration(config.configuration)),
    studioFolder: `${productFolder}dist/studio`,
  };
  const hooks = {
    say: io.say,
    onLost(error: Error) {
      io.say(`lintel serve: ${error.message}`);
      process.exit(EXIT_RESTART);
    },
  };
  const told = untilToldToStop();
  let isStarted = false;
  // As when killed: nothing was acknowledged that the next start would not find. A container's first process hears no signal by itself.
  void told.then(() => {
    if (isStarted) return;
    io.say('lintel serve: told to stop while starting');
    process.exit(0);
  });
  const service = await startService(config, shipped, hooks).catch((error: unknown) => {
    throw error instanceof TakenError ? new UsageError(error.message, { cause: error }) : error;
  });
  isStarted = true;
  io.print(`Lintel is ready: ${service.url}`);
  await told;
  await service.stop();
  return 0;
}

function readOptions(args: readonly string[]): { config: ServiceConfig; printConfig: boolean } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}`, { cause });
  }
  const { 'preview-clock': previewClock, 'print-config': printConfig, port, ...others } = values;
  const config = configFrom(process.env, {
    ...others,
    ...(previewClock === undefined ? {} : { previewClock }),
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  if (!Number.isInteger(config.port) || config.port < 0 || config.port > 65_535)
    throw new UsageError('--port takes a number from 0 to 65535');
  return { config, printConfig: printConfig === true };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values;
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
