import type { Condition } from '../../schemas/condition.ts';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { atPointer } from '../../schemas/shape.ts';
import type { EditCommand, Use } from '../document/engine.ts';
import { usesByDocument } from './by-document.ts';

/** What becomes of the places that name something about to go. */
export interface RepairPlan {
  /** The documents as they would be. */
  documents: AnyDocument[];
  done: Use[];
  /** Places that cannot do without it: only another one in its place would help. */
  left: Use[];
}

/** What a repair looks for: the document or question that goes. */
export interface Going {
  kind: DocumentKind;
  key: string;
  /** The one that takes its place; without one it is taken out. */
  by?: string;
}

const GONE = { op: 'gone' } as unknown as Condition;
/** Never true: what is left of a rule whose only clause went. Nothing may begin to happen by itself. */
const NEVER: Condition = { op: 'any', conditions: [] };
/** Conditions that a document may do without: then it is always asked, or never required. */
const freeConditions = new Set(['shownWhen', 'requiredWhen']);

/** Plans how to take something out of every place that names it, or to put another in its place. */
export function planRepair(configuration: Configuration, uses: readonly Use[], going: Going): RepairPlan {
  const plan: RepairPlan = { documents: [], done: [], left: [] };
  for (const [name, here] of usesByDocument(uses)) {
    if (name === `${going.kind}/${going.key}`) continue;
    const [kind = '', key = ''] = name.split('/');
    const before = configuration[kind as DocumentKind]?.[key] as AnyDocument | undefined;
    if (!before) continue;
    let document = before;
    for (const use of inReverse(here)) {
      const changed = repairOne(document, use, going);
      if (isValid(changed)) {
        document = changed;
        plan.done.push(use);
      } else plan.left.push(use);
    }
    if (document !== before) plan.documents.push(withoutGaps(document) as AnyDocument);
  }
  return plan;
}

/** The repair with the deletion itself, as one step of the history. */
export function toRepairCommand(plan: RepairPlan, label: string, deletion: EditCommand | undefined): EditCommand {
  const puts = plan.documents.map((document): EditCommand => ({ type: 'putDocument', document }));
  return { type: 'batch', label, commands: [...puts, ...(deletion ? [deletion] : [])] };
}

/** The last of a list first, so that the places before it stay where they are. */
function inReverse(uses: readonly Use[]): Use[] {
  return [...uses].sort((a, b) => b.pointer.localeCompare(a.pointer, 'en', { numeric: true }));
}

function repairOne(document: AnyDocument, use: Use, { key, by }: Going): AnyDocument {
  const copy = structuredClone(document);
  const parts = partsOf(use.pointer);
  const name = parts.at(-1) ?? '';
  const holder = atPointer(copy, toHolder(parts, 1)) as Record<string, unknown>;
  const value = holder[name];
  if (parts.at(-2) === 'answers') {
    delete holder[name];
    if (by !== undefined) holder[by] = value;
  } else if (by !== undefined) {
    holder[name] = typeof value === 'string' ? renamed(value, key, by) : value;
  } else if (parts.at(-2) === 'of' && name === 'question') {
    const at = toHolder(parts, 3);
    (atPointer(copy, at) as Record<string, unknown>)[parts.at(-3) ?? ''] = GONE;
  } else if (name === 'body' && typeof value === 'string') {
    holder[name] = value.replaceAll(new RegExp(`\\s?\\{\\{\\s*agency:${key}\\s*\\}\\}`, 'g'), '');
  } else if (Array.isArray(holder)) {
    holder.splice(Number(name), 1);
    // A rule that advises nothing is no rule.
    if (holder.length === 0 && parts[0] === 'adviceRules')
      delete (copy as unknown as Record<string, Record<string, unknown>>)['adviceRules']?.[parts[1] ?? ''];
  } else {
    delete holder[name];
  }
  return copy;
}

/** `group:DUTY` names DUTY as much as `DUTY` does; part of a longer key it is not. */
function renamed(text: string, key: string, by: string): string {
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9_-])${key}(?![A-Za-z0-9_-])`, 'g'), by);
}

/** Valid but for the clauses that are marked as gone, which are closed up at the end. */
function isValid(document: AnyDocument): boolean {
  return 'document' in parseDocument(withoutGaps(document), `${document.kind}/${document.key}`);
}

/** Closes up what marked clauses leave: a group of one becomes that one, a rule of none never fires. */
function withoutGaps(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((child) => withoutGaps(child));
  if (typeof value !== 'object' || value === null) return value;
  if ('op' in value) {
    const kept = closeUp(value as Condition);
    return kept ?? (freeConditions.has(field) ? undefined : NEVER);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, child]) => [name, withoutGaps(child, name)] as const)
      .filter(([, child]) => child !== undefined),
  );
}

function closeUp(condition: Condition): Condition | undefined {
  if (condition.op === GONE.op) return undefined;
  if (condition.op === 'not') {
    const inner = closeUp(condition.condition);
    return inner && { op: 'not', condition: inner };
  }
  if (condition.op !== 'all' && condition.op !== 'any') return condition;
  const conditions = condition.conditions.flatMap((child) => closeUp(child) ?? []);
  if (conditions.length === condition.conditions.length) return { ...condition, conditions };
  return conditions.length > 1 ? { ...condition, conditions } : conditions[0];
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function toHolder(parts: readonly string[], up: number): string {
  return parts
    .slice(0, parts.length - up)
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
