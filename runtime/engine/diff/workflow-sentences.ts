import type { Condition } from '../../../schemas/condition.ts';
import type { Link, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import { flagChange } from './flag-words.ts';
import { isSame } from './parts.ts';
import { conditionWords, fieldWords, lagWords, periodWords, valueWords } from './words.ts';

/** What changed in a drawing, one sentence a change; `ofFields` says the rest. */
export function workflowSentences(from: WorkflowDocument, to: WorkflowDocument): string[] {
  return [
    ...nodeSentences(from.nodes, to.nodes),
    ...linkSentences(from.links, to.links),
    ...entries(
      from.clocks,
      to.clocks,
      (key, clock) => `clock ${key} is new: ${periodWords(clock.period)}`,
      (key) => `clock ${key} is gone`,
      (key, a, b) => fieldChanges(`clock ${key}`, a, b),
    ),
    ...entries(
      from.adviceRules,
      to.adviceRules,
      (_key, rule) => `${rule.statements.join(', ')} is now advised ${conditionWords(rule.when)}`,
      (_key, rule) => `${rule.statements.join(', ')} is not advised by a rule any more`,
      (key, a, b) =>
        isSame(a.when, b.when)
          ? fieldChanges(`advice rule ${key}`, a, b)
          : [`${b.statements.join(', ')} is now advised ${conditionWords(b.when)}, was ${conditionWords(a.when)}`],
    ),
  ];
}

/** Parts of a workflow that have sentences of their own. */
export const saidOfWorkflows: readonly string[] = ['nodes', 'links', 'clocks', 'adviceRules'];

/** What became of nodes: of all of a drawing, or of one. */
export function nodeSentences(from: WorkflowDocument['nodes'], to: WorkflowDocument['nodes']): string[] {
  return entries(from, to, nodeAdded, (key) => `${key} is not drawn any more`, nodeChanged);
}

function nodeAdded(key: string, node: WorkflowNode): string {
  return `${key} is new: ${node.title ?? (node.type === 'task' ? `task ${node.task}` : node.type)}`;
}

function nodeChanged(key: string, from: WorkflowNode, to: WorkflowNode): string[] {
  if (from.type !== to.type) return [`${key} is now a ${to.type}, was a ${from.type}`];
  if (from.type !== 'task' || to.type !== 'task') return fieldChanges(key, from, to);
  const { activation: before, ...old } = from;
  const { activation: after, ...now } = to;
  const moved = isSame(before, after)
    ? []
    : [`${key} is now ${activationWords(after)}, was ${activationWords(before)}`];
  return [...moved, ...fieldChanges(key, old, now)];
}

function activationWords(activation: 'automatic' | 'manual' | { when: Condition }): string {
  if (activation === 'manual') return 'added by hand';
  return activation === 'automatic' ? 'automatic' : conditionWords(activation.when);
}

/** What became of links: of all of a drawing, or of one. */
export function linkSentences(from: WorkflowDocument['links'], to: WorkflowDocument['links']): string[] {
  return entries(
    from,
    to,
    (_key, link) => (link.lag ? startWords(link, 'now ') : `${link.to} now waits for ${link.from}${branchWords(link)}`),
    (_key, link) => `${link.to} does not wait for ${link.from} any more`,
    (_key, a, b) => linkChanged(a, b),
  );
}

function linkChanged(from: Link, to: Link): string[] {
  if (from.from !== to.from || from.to !== to.to)
    return [`${to.to} now waits for ${to.from}, before ${from.to} waited for ${from.from}`];
  const lag = isSame(from.lag, to.lag) ? [] : [`${startWords(to, 'now ')}, was ${lagAlone(from)}`];
  const { lag: _a, order: _x, ...old } = from;
  const { lag: _b, order: _y, ...now } = to;
  return [...lag, ...fieldChanges(`the link from ${to.from} to ${to.to}`, old, now)];
}

/** `HP12 now starts 35 days after HP03`. */
function startWords(link: Link, now: string): string {
  const verb = link.type === 'FF' || link.type === 'SF' ? 'finishes' : 'starts';
  const begun = link.type === 'SS' || link.type === 'SF' ? ' has started' : '';
  return `${link.to} ${now}${verb} ${lagWords(link.lag)} ${link.from}${begun}${branchWords(link)}`;
}

/** `42` beside a new lag of the same unit, else the whole of it. */
function lagAlone({ lag }: Link): string {
  return lag ? periodWords(lag).replace(/ days?$/, '') : 'at once';
}

function branchWords({ branch }: Link): string {
  return branch === undefined ? '' : ` on branch "${branch}"`;
}

/** Fields of one thing that differ, one sentence each. */
export function fieldChanges(of: string, from: object, to: object): string[] {
  const [old, now] = [from as Record<string, unknown>, to as Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => field !== 'order' && !isSame(old[field], now[field]))
    .map((field) => fieldChange([field], of, old[field], now[field]));
}

/** `Title of HP04 is now "Assess", was "Ask"`; what is new or gone says so, and what is yes or no is said as what it means. */
export function fieldChange(path: readonly string[], of: string, from: unknown, to: unknown): string {
  const around = path.slice(0, -1);
  const flag = flagChange(path, around.length === 0 ? of : `${partWords(around)} of ${of}`, from, to);
  if (flag !== undefined) return flag;
  const name = partWords(path);
  if (from === undefined) return `${of} now has ${name}: ${valueWords(to)}`;
  if (to === undefined) return `${of} has no ${name} any more, was ${valueWords(from)}`;
  const [now, before] = isMany(name) ? ['are', 'were'] : ['is', 'was'];
  const said = `${name} of ${of} ${now} now ${valueWords(to)}`;
  // A yes says by itself that it was a no.
  return typeof from === 'boolean' && typeof to === 'boolean' ? said : `${said}, ${before} ${valueWords(from)}`;
}

function partWords(path: readonly string[]): string {
  return path.map(fieldWords).join(' ');
}

function isMany(name: string): boolean {
  return /[^s]s$/.test(name) && !name.endsWith('status');
}

/** Sentences about a map by key: what is new, gone and different. */
export function entries<T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  added: (key: string, entry: T) => string,
  removed: (key: string, entry: T) => string,
  changed: (key: string, from: T, to: T) => string[],
): string[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => {
    const [before, after] = [from[key], to[key]];
    if (before === undefined) return after === undefined ? [] : [added(key, after)];
    if (after === undefined) return [removed(key, before)];
    return isSame(before, after) ? [] : changed(key, before, after);
  });
}
