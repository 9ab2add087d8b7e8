// The walks that take minutes: homelessness prevention drawn, and its form built, by mouse and by keys alone.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../support/architecture.ts';

const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'end-to-end', 'hp-form', 'redraw-hp'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, LINTEL_LONG_WALKS: '1' } },
);
process.exitCode = status ?? 1;
