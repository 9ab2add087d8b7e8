import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { isSame } from '../diff/parts.ts';

/** What is most often changed, and says nothing of how a drawing hangs together: how long things take, and words. */
const fieldsOfNodes = ['title', 'source', 'sla', 'estimate'] as const;
const fieldsOfLinks = ['lag'] as const;

type Workflows = Readonly<Record<string, WorkflowDocument>>;

/** The shapes of workflows: each without the lengths and words of its nodes and links. */
export class Shapes {
  #known = new Map<string, { document: WorkflowDocument; shape: WorkflowDocument }>();
  #all: Workflows = {};

  /** Takes the workflows as they are now. A shape from which nothing changed is the very one of before, and so are all together. */
  turnTo(workflows: Workflows): Workflows {
    const known = new Map<string, { document: WorkflowDocument; shape: WorkflowDocument }>();
    for (const [key, document] of Object.entries(workflows)) {
      const before = this.#known.get(key);
      known.set(key, before?.document === document ? before : { document, shape: shapeOf(document, before) });
    }
    this.#known = known;
    const all = Object.fromEntries([...known].map(([key, { shape }]) => [key, shape]));
    if (!isSameRecord(this.#all, all, () => false)) this.#all = all;
    return this.#all;
  }

  /** The shape of a document; every other than a workflow is as it is. */
  of(document: AnyDocument): AnyDocument {
    return (document.kind === 'workflow' && this.#known.get(document.key)?.shape) || document;
  }
}

function shapeOf(
  document: WorkflowDocument,
  before: { document: WorkflowDocument; shape: WorkflowDocument } | undefined,
): WorkflowDocument {
  if (before && haveOneShape(before.document, document)) return before.shape;
  return { ...document, nodes: without(document.nodes, fieldsOfNodes), links: without(document.links, fieldsOfLinks) };
}

const fieldsOf: Readonly<Record<string, readonly string[]>> = { nodes: fieldsOfNodes, links: fieldsOfLinks };

function haveOneShape(before: WorkflowDocument, now: WorkflowDocument): boolean {
  return isSameRecord(before, now, (one, other, field) => {
    const fields = fieldsOf[field];
    return fields !== undefined && isSameRecord(one, other, (a, b) => isSame(bare(a, fields), bare(b, fields)));
  });
}

/** Whether two records have the same keys in the same order, with values that are the very same or alike. */
function isSameRecord(a: object, b: object, isAlike: (a: object, b: object, key: string) => boolean): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    if (key !== others[at]) return false;
    const one = (a as Record<string, object>)[key];
    const other = (b as Record<string, object>)[key];
    if (one !== other && !(one !== undefined && other !== undefined && isAlike(one, other, key))) return false;
  }
  return true;
}

// Documents never change, and most edits leave all links as they were.
const bareRecords = new WeakMap<object, object>();

/** The parts without some fields; the very record where none has any. */
function without<T extends object>(
  parts: Readonly<Record<string, T>>,
  fields: readonly string[],
): Readonly<Record<string, T>> {
  const known = bareRecords.get(parts);
  if (known) return known as Readonly<Record<string, T>>;
  const entries = Object.entries(parts).map(([key, part]) => [key, bare(part, fields)] as const);
  const record = entries.every(([key, part]) => part === parts[key]) ? parts : Object.fromEntries(entries);
  bareRecords.set(parts, record);
  return record;
}

/** A part without some fields, the very part where it has none of them. What names another document stays, so that it is seen. */
function bare<T extends object>(part: T, fields: readonly string[]): T {
  if (!fields.some((field) => Object.hasOwn(part, field))) return part;
  return Object.fromEntries(
    Object.entries(part).filter(([field, value]) => !fields.includes(field) || namesCalendar(value)),
  ) as T;
}

function namesCalendar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, 'calendar') || Object.values(value).some(namesCalendar);
}
