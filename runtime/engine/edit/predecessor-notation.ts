import { inOrder } from '../../../schemas/document.ts';
import type { Lag, Link, LinkType, WorkflowDocument } from '../../../schemas/workflow.ts';
import { printLag, readLag } from './lag-notation.ts';

/** One predecessor as a planner writes it: `HP05FS+12d`, `D1[yes]SS-2h@office`. */
export interface Predecessor {
  from: string;
  type: LinkType;
  lag?: Lag;
  calendar?: string;
  branch?: string;
}

/** A part of a predecessors cell that cannot be read, and why. */
export interface PredecessorProblem {
  text: string;
  reason: string;
}

/** The predecessors of every node as text, in link order; the whole workflow at once, for tables. */
export function printAllPredecessors(workflow: WorkflowDocument): Map<string, string> {
  const parts = new Map<string, string[]>();
  const keys = lowerKeys(workflow);
  for (const link of inOrder(workflow.links)) {
    const list = parts.get(link.to);
    const text = printPredecessor(link, keys);
    if (list) list.push(text);
    else parts.set(link.to, [text]);
  }
  return new Map([...parts].map(([node, list]) => [node, list.join(', ')]));
}

/** Reads a predecessors cell: entries between commas, semicolons or line ends. */
export function readPredecessorList(
  text: string,
  workflow: WorkflowDocument,
): { entries: Predecessor[]; problems: PredecessorProblem[] } {
  const entries: Predecessor[] = [];
  const problems: PredecessorProblem[] = [];
  const keys = lowerKeys(workflow);
  for (const part of text.split(/[,;\n]/).map((piece) => piece.trim())) {
    if (part === '') continue;
    const read = readPredecessor(part, keys);
    if ('reason' in read) problems.push({ text: part, reason: read.reason });
    else entries.push(read);
  }
  return { entries, problems };
}

/** Keys by their lower case: keys never differ by case alone. */
type LowerKeys = ReadonlyMap<string, string>;

function lowerKeys(workflow: WorkflowDocument): LowerKeys {
  return new Map(Object.keys(workflow.nodes).map((key) => [key.toLowerCase(), key]));
}

function printPredecessor(link: Omit<Link, 'to' | 'order'>, keys: LowerKeys): string {
  const branch = link.branch === undefined ? '' : `[${link.branch}]`;
  const lag = printLag(link.lag);
  const rest = `${link.type === 'FS' && lag === '' ? '' : link.type}${lag}${link.calendar === undefined ? '' : `@${link.calendar}`}`;
  const short = `${link.from}${branch}${rest}`;
  // A key such as ASS would swallow A with the type SS: then a colon keeps them apart.
  const again = readPredecessor(short, keys);
  const isSame = !('reason' in again) && again.from === link.from && again.type === link.type;
  return isSame || rest === '' ? short : `${link.from}${branch}:${rest}`;
}

const shape = /^\s*(?:\[([^\]]*)\])?\s*:?\s*(FS|SS|FF|SF)?\s*([+\-\u2212\u2013][^@]*)?(?:@\s*([A-Za-z0-9_-]+))?\s*$/i;

/** The longest key that leaves something readable wins. */
function readPredecessor(text: string, keys: LowerKeys): Predecessor | { reason: string } {
  const word = /^[A-Za-z0-9_-]+/.exec(text)?.[0] ?? '';
  let reason: string | undefined;
  for (let length = word.length; length > 0; length--) {
    const from = keys.get(word.slice(0, length).toLowerCase());
    if (from === undefined) continue;
    const read = readRest(text.slice(length), from);
    if (!('reason' in read)) return read;
    reason ??= read.reason;
  }
  if (reason !== undefined) return { reason };
  const named = /^(.*?)(?:FS|SS|FF|SF)?(?:[+\-\u2212\u2013:[@].*)?$/i.exec(text)?.[1] || text;
  return { reason: `there is no task ${named.trim()}` };
}

function readRest(text: string, from: string): Predecessor | { reason: string } {
  const match = shape.exec(text);
  if (!match) {
    return { reason: `"${text.trim()}" after ${from} cannot be read: write FS, SS, FF or SF, then a lag such as +12d` };
  }
  const [, branch, type = 'FS', lagText, calendar] = match;
  const lag = lagText === undefined ? undefined : readLag(lagText);
  if (lag && 'reason' in lag) return lag;
  return {
    from,
    type: type.toUpperCase() as LinkType,
    ...(lag ? { lag: lag.lag } : {}),
    ...(calendar ? { calendar } : {}),
    ...(branch?.trim() ? { branch: branch.trim() } : {}),
  };
}
