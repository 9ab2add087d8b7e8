import type { Configuration } from '../../../schemas/configuration.ts';
import type { Link, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import { documentSentences } from './document-sentences.ts';
import { isSame } from './parts.ts';
import { asSentence } from './words.ts';
import { linkSentences, nodeSentences } from './workflow-sentences.ts';

/** What became of a node or a link, with the sentences that say so (R4). */
export interface DrawnMark {
  readonly change: 'added' | 'removed' | 'changed';
  readonly sentences: readonly string[];
}

/** Two versions of a drawing in one: everything that either has, and what became of it. */
export interface DrawingDiff {
  /** The newer version with what it has not any more. */
  readonly workflow: WorkflowDocument;
  readonly nodes: Readonly<Record<string, DrawnMark>>;
  readonly links: Readonly<Record<string, DrawnMark>>;
}

/** What differs between two versions of a workflow's drawing, its task documents with it (R4); undefined where it is drawn the same. */
export function diffDrawing(before: Configuration, after: Configuration, key: string): DrawingDiff | undefined {
  const [old, now] = [before.workflow[key], after.workflow[key]];
  const either = now ?? old;
  if (!either) return undefined;
  const nodes = marksOf(old?.nodes, now?.nodes, (node, a, b) => [
    ...nodeSentences(only(node, a), only(node, b)),
    ...taskSentences(before, after, a, b),
  ]);
  const links = marksOf(old?.links, now?.links, (link, a, b) => linkSentences(only(link, a), only(link, b)));
  if (Object.keys(nodes).length === 0 && Object.keys(links).length === 0) return undefined;
  const workflow = {
    ...either,
    nodes: { ...old?.nodes, ...now?.nodes },
    links: { ...old?.links, ...now?.links },
    lanes: { ...old?.lanes, ...now?.lanes },
    outcomes: { ...old?.outcomes, ...now?.outcomes },
  };
  return { workflow, nodes, links };
}

function marksOf<T extends WorkflowNode | Link>(
  before: Readonly<Record<string, T>> | undefined,
  after: Readonly<Record<string, T>> | undefined,
  say: (key: string, from: T | undefined, to: T | undefined) => string[],
): Record<string, DrawnMark> {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const marks = [...keys].flatMap((key): [string, DrawnMark][] => {
    const from: T | undefined = before?.[key];
    const to: T | undefined = after?.[key];
    const sentences = say(key, from, to).map(asSentence);
    const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    // Another place in a list alone is no change of the drawing.
    return sentences.length === 0 ? [] : [[key, { change, sentences }]];
  });
  return Object.fromEntries(marks);
}

/** A node that stayed changes with the document of its task. */
function taskSentences(
  before: Configuration,
  after: Configuration,
  from: WorkflowNode | undefined,
  to: WorkflowNode | undefined,
): string[] {
  if (from?.type !== 'task' || to?.type !== 'task' || from.task !== to.task) return [];
  const [old, now] = [before.task[from.task], after.task[to.task]];
  return old && now && !isSame(old, now) ? documentSentences(old, now) : [];
}

function only<T>(key: string, entry: T | undefined): Record<string, T> {
  return entry === undefined ? {} : { [key]: entry };
}
