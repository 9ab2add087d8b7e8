import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { CompiledWorkflow, Directory } from '../engine/index.ts';
import {
  type CaseScript,
  caseTimeline,
  compileCalendars,
  compileWorkflow,
  fromIsoText,
  launched,
  type PlayedCase,
  peopleOf,
  playCase,
  readScript,
  sampleDirectory,
  shippedBankHolidays,
  stateOf,
  toCaseRow,
  toClockViews,
  toIsoText,
  toTaskRows,
} from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, parseJson, UsageError } from './io.ts';

const usage = 'usage: lintel simulate DIR [--workflow KEY] --script FILE [--json]';

/** `lintel simulate DIR [--workflow KEY] --script FILE`: commands at virtual times on the compiled machines; exit 1 when one is refused. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--workflow', '--script'], ['--json']);
  const [folder] = words;
  const file = options.get('--script');
  if (folder === undefined || file === undefined) throw new UsageError(usage);
  const content = parseJson(io.read(file), file);
  const key = options.get('--workflow') ?? workflowIn(content);
  if (key === undefined) throw new UsageError(usage);
  const { configuration } = loadSoundConfiguration(folder);
  if (!Object.hasOwn(configuration.workflow, key)) throw new UsageError(`there is no workflow "${key}" in ${folder}`);
  const bundle = compileWorkflow({ configuration }, key);
  const script = toScript(content, configuration, file);
  const played = playCase(bundle, compileCalendars(configuration, shippedBankHolidays), script);
  io.print(JSON.stringify(toReport(bundle, played), null, flags.has('--json') ? 0 : 2));
  for (const { at, command, rejection } of played.refused) {
    io.say(`${toIsoText(at)} ${command.type} refused: ${rejection.reason}`);
  }
  return played.refused.length > 0 ? 1 : 0;
}

/** A saved test names its workflow. */
function workflowIn(content: unknown): string | undefined {
  const workflow = (content as { workflow?: unknown } | null)?.workflow;
  return typeof workflow === 'string' ? workflow : undefined;
}

/** A script is a list of `{at, actor?, command}`, or `{answers?, people?, directory?, until?, script}`; a step without a command lets time pass. */
function toScript(content: unknown, configuration: Configuration, file: string): CaseScript {
  const parts = (Array.isArray(content) ? { script: content } : content) as Record<string, unknown> | null;
  const entries = parts?.['script'] ?? parts?.['commands'];
  if (!parts || !Array.isArray(entries))
    throw new UsageError(`${file} holds no script: expected a list of {at, command}`);
  try {
    const answers = (parts['answers'] ?? {}) as Answers;
    const until = parts['until'];
    return {
      answers,
      commands: launched(readScript(entries), answers),
      directory: (parts['directory'] as Directory | undefined) ?? peopleOf(parts) ?? sampleDirectory(configuration),
      ...(until === undefined ? {} : { until: typeof until === 'number' ? until : fromIsoText(String(until)) }),
    };
  } catch (cause) {
    throw new UsageError(`${file}: ${(cause as Error).message}`, { cause });
  }
}

function toReport(bundle: CompiledWorkflow, played: PlayedCase) {
  const { state, events, messages, refused } = played;
  const nodes = [...Object.keys(state?.tasks ?? {}), ...Object.keys(state?.steps ?? {})];
  return {
    events: events.map(({ effectiveAt, recordedAt, ...event }) => ({
      ...event,
      effectiveAt: toIsoText(effectiveAt),
      recordedAt: toIsoText(recordedAt),
    })),
    messages: messages.map(({ at, ...message }) => ({ at: toIsoText(at), ...message })),
    refused: refused.map(({ at, command, rejection }) => ({ at: toIsoText(at), command, ...rejection })),
    states: Object.fromEntries(nodes.map((node) => [node, stateOf(state, node)])),
    caseState: state?.status ?? null,
    case: state ? toCaseRow(state) : null,
    tasks: state ? toTaskRows(state) : [],
    clocks: state ? toClockViews(state) : [],
    timeline: caseTimeline(bundle, events).map(({ at, text }) => `${toIsoText(at)} ${text}`),
  };
}
