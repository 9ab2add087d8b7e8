import type { Configuration } from '../../../schemas/configuration.ts';
import type { Estimate } from '../../../schemas/task.ts';
import type { Lag, WorkflowDocument } from '../../../schemas/workflow.ts';
import {
  type EditCommand,
  gestureOf,
  type PlanMoves,
  type PlanTimeline,
  setEstimate,
  timelineOf,
  whatMoves,
} from '../../document/engine.ts';

/** Which bar is being changed: a node of a workflow, planned from a date. */
export interface ChangedBar {
  readonly workflow: string;
  readonly node: string;
  readonly start: string;
}

/** What is asked of a bar: dates by hand, or the lags and the estimate behind them. */
export interface BarChange {
  readonly startOn?: string;
  readonly finishOn?: string;
  readonly lags?: Readonly<Record<string, Lag>>;
  readonly estimate?: Estimate;
}

/** What a change of a bar would do, worked out on a copy of the draft; or why it cannot be done. */
export type Preview =
  | { readonly ok: true; readonly command: EditCommand; readonly timeline: PlanTimeline; readonly moves: PlanMoves }
  | { readonly ok: false; readonly reason: string };

/** Works out a change of a bar without making it. */
export function previewChange(configuration: Configuration, bar: ChangedBar, change: BarChange): Preview {
  const before = timelineOf(configuration, bar.workflow, bar.start);
  if (!before.ok) return { ok: false, reason: 'The drawing cannot be planned as it stands.' };
  const steps: EditCommand[] = [];
  let after = configuration;
  for (const make of makersOf(bar, change)) {
    const made = make(after);
    if (!made.ok) return made;
    after = withCommand(after, made.command);
    steps.push(made.command);
  }
  const [first, ...others] = steps;
  const planned = timelineOf(after, bar.workflow, bar.start);
  if (!first || !planned.ok) return { ok: false, reason: 'Nothing was changed.' };
  const command: EditCommand =
    others.length === 0 ? first : { type: 'batch', label: `Change dates of ${bar.node}`, commands: steps };
  return { ok: true, command, timeline: planned.timeline, moves: whatMoves(before.timeline, planned.timeline) };
}

/** The draft after a command on a lag or an estimate, without its history: quick enough for every day a hand passes. */
function withCommand(configuration: Configuration, command: EditCommand): Configuration {
  if (command.type === 'batch') return command.commands.reduce(withCommand, configuration);
  if (command.type !== 'setLag' && command.type !== 'setNodeField') return configuration;
  const workflow = configuration.workflow[command.workflow];
  if (!workflow) return configuration;
  const changed = command.type === 'setLag' ? withLag(workflow, command) : withField(workflow, command);
  return { ...configuration, workflow: { ...configuration.workflow, [workflow.key]: changed } };
}

type CommandOf<T extends EditCommand['type']> = Extract<EditCommand, { type: T }>;

function withLag(workflow: WorkflowDocument, { link, lag }: CommandOf<'setLag'>): WorkflowDocument {
  const { lag: _before, ...others } = workflow.links[link] ?? { order: 0, from: '', to: '', type: 'FS' };
  return { ...workflow, links: { ...workflow.links, [link]: { ...others, ...(lag ? { lag } : {}) } } };
}

function withField(workflow: WorkflowDocument, { node, field, value }: CommandOf<'setNodeField'>): WorkflowDocument {
  const changed = { ...workflow.nodes[node], [field]: value } as WorkflowDocument['nodes'][string];
  return { ...workflow, nodes: { ...workflow.nodes, [node]: changed } };
}

type Made = ReturnType<typeof gestureOf>;

/** The start first: the end is counted from it. */
function makersOf(bar: ChangedBar, change: BarChange): ((configuration: Configuration) => Made)[] {
  const { startOn, finishOn, lags = {}, estimate } = change;
  const setLags = Object.entries(lags).map(([link, { value, ...unit }]) => (): Made => {
    const lag = value === 0 ? {} : { lag: { value, ...unit } };
    return { ok: true, command: { type: 'setLag', workflow: bar.workflow, link, ...lag } };
  });
  return [
    ...setLags,
    ...(startOn === undefined ? [] : [(now: Configuration) => gestureOf(now, bar, 'start', startOn)]),
    ...(finishOn === undefined ? [] : [(now: Configuration) => gestureOf(now, bar, 'finish', finishOn)]),
    ...(estimate === undefined ? [] : [(): Made => ({ ok: true, command: setEstimate(bar, estimate) })]),
  ];
}
