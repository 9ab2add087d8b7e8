import { inOrder } from '../../../schemas/document.ts';
import type { Link, WorkflowDocument } from '../../../schemas/workflow.ts';
import type { EditCommand } from './command.ts';
import { linkRefusal } from './link-rules.ts';
import { type Predecessor, type PredecessorProblem, readPredecessorList } from './predecessor-notation.ts';

export type PredecessorsRead =
  | { ok: true; entries: Predecessor[]; commands: EditCommand[] }
  | { ok: false; problems: PredecessorProblem[] };

/** What a predecessors cell asks for, as commands that change only what differs; or why it cannot be done (S8 for cycles). */
export function readPredecessors(
  text: string,
  workflow: WorkflowDocument,
  node: string,
  calendars: Readonly<Record<string, unknown>>,
): PredecessorsRead {
  const { entries: read, problems } = readPredecessorList(text, workflow);
  const before = inOrder(workflow.links).filter((link) => link.to === node);
  const entries = read.map((entry) => withBranch(entry, workflow));
  const matched = matchLinks(entries, before);
  const drop = before.filter((link) => !matched.some((found) => found?.key === link.key));
  const left = { ...workflow.links };
  for (const { key } of [...drop, ...matched.filter((link) => link !== undefined)]) delete left[key];
  const commands: EditCommand[] = [];
  if (drop.length > 0) commands.push({ type: 'unlink', workflow: workflow.key, links: drop.map(({ key }) => key) });
  entries.forEach((entry, at) => {
    const found = matched[at];
    const unchanged = found && isSame(found, entry);
    const reason = unchanged ? undefined : whyNot(entry, { ...workflow, links: left }, node, calendars);
    if (reason) problems.push({ text: read[at]?.from ?? '', reason });
    const { from, type: linkType, ...rest } = entry;
    left[found?.key ?? `new-${at}`] = { order: at, from, to: node, type: linkType, ...rest };
    if (unchanged) return;
    if (found) commands.push({ type: 'changeLink', workflow: workflow.key, link: found.key, linkType, ...rest });
    else commands.push({ type: 'linkTasks', workflow: workflow.key, from, to: node, linkType, ...rest });
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries, commands };
}

type KeyedLink = Link & { key: string };

/** The link each entry stands for: the same one, else the one from the same node by the same branch. */
function matchLinks(entries: readonly Predecessor[], links: readonly KeyedLink[]): (KeyedLink | undefined)[] {
  const free = new Set(links);
  const take = (fits: (link: KeyedLink) => boolean) => {
    const found = [...free].find(fits);
    if (found) free.delete(found);
    return found;
  };
  const exact = entries.map((entry) =>
    take((link) => link.from === entry.from && link.type === entry.type && link.branch === entry.branch),
  );
  return entries.map(
    (entry, at) =>
      exact[at] ??
      take((link) => link.from === entry.from && link.branch === entry.branch) ??
      take((link) => link.from === entry.from),
  );
}

function isSame(link: Link, entry: Predecessor): boolean {
  return (
    link.type === entry.type &&
    link.calendar === entry.calendar &&
    link.branch === entry.branch &&
    link.lag?.value === entry.lag?.value &&
    link.lag?.unit === entry.lag?.unit &&
    link.lag?.basis === entry.lag?.basis
  );
}

/** A branch may be written by its label; its key is kept. */
function withBranch(entry: Predecessor, workflow: WorkflowDocument): Predecessor {
  const source = workflow.nodes[entry.from];
  if (entry.branch === undefined || source?.type !== 'decision') return entry;
  const wished = entry.branch.toLowerCase();
  const named = [
    ...inOrder(source.branches).map(({ key, label }) => ({ key, label })),
    { key: 'otherwise', label: source.otherwise?.label ?? 'Otherwise' },
  ];
  const found =
    named.find(({ key }) => key.toLowerCase() === wished) ?? named.find(({ label }) => label.toLowerCase() === wished);
  return { ...entry, branch: found?.key ?? entry.branch };
}

function whyNot(
  entry: Predecessor,
  workflow: WorkflowDocument,
  node: string,
  calendars: Readonly<Record<string, unknown>>,
): string | undefined {
  const { from, type, calendar, branch } = entry;
  const refusal = linkRefusal(workflow, { from, to: node, linkType: type, ...(branch ? { branch } : {}) });
  if (refusal?.code === 'LINK_TWICE') return `${from} is named twice`;
  if (refusal) return refusal.message;
  if (calendar !== undefined && !Object.hasOwn(calendars, calendar)) return `there is no calendar ${calendar}`;
  const source = workflow.nodes[from];
  if (source?.type !== 'decision')
    return branch === undefined ? undefined : `${from} is no decision: it has no branches`;
  const branches = [...inOrder(source.branches).map(({ key }) => key), 'otherwise'];
  if (branch !== undefined && branches.includes(branch)) return undefined;
  return `say which branch of ${from}: ${branches.map((key) => `${from}[${key}]`).join(', ')}`;
}
