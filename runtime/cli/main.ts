import { type Io, processIo, UsageError } from './io.ts';

interface Command {
  run(args: readonly string[], io: Io): Promise<number>;
}

/** One lazily loaded module a command, so that the offline ones never load the server. */
const commands: Record<string, () => Promise<Command>> = {
  advise: () => import('./advise.ts'),
  analyse: () => import('./analyse.ts'),
  audit: () => import('./audit.ts'),
  backup: () => import('./backup.ts'),
  calendar: () => import('./calendar.ts'),
  check: () => import('./check.ts'),
  compile: () => import('./compile.ts'),
  diff: () => import('./diff.ts'),
  explain: () => import('./explain.ts'),
  export: () => import('./export.ts'),
  fmt: () => import('./fmt.ts'),
  import: () => import('./import.ts'),
  organisation: () => import('./organisation.ts'),
  plan: () => import('./plan.ts'),
  promote: () => import('./promote.ts'),
  pull: () => import('./pull.ts'),
  push: () => import('./push.ts'),
  restore: () => import('./restore.ts'),
  schedule: () => import('./schedule.ts'),
  serve: () => import('./serve.ts'),
  simulate: () => import('./simulate.ts'),
  statements: () => import('./statements.ts'),
  test: () => import('./test.ts'),
};

const usage = `usage: lintel COMMAND ...\ncommands: ${Object.keys(commands).join(', ')}`;

/** Runs one command line; answers the exit code: 0 ok, 1 findings or failures, 2 usage or unreachable. */
export async function main(argv: readonly string[], io: Io = processIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === 'help') {
    io.say(usage);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.say(`lintel: there is no command "${name}"\n${usage}`);
    return 2;
  }
  try {
    return await (await load()).run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.say(`lintel ${name}: ${error.message}`);
    return 2;
  }
}
