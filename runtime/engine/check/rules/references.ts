import type { AnyDocument, DocumentKind } from '../../../../schemas/configuration.ts';
import { documentKinds } from '../../../../schemas/configuration.ts';
import { atPointer, toPointer } from '../../../../schemas/shape.ts';
import { type DerivedFact, isSameMap } from '../derived.ts';
import { type CheckContext, defineCommonRule, type RuleFinding } from '../rule.ts';

export interface Reference {
  path: (string | number)[];
  kind: DocumentKind;
  key: string;
}

/** Every reference by key to another document names one that exists. */
export const references = defineCommonRule({
  name: 'references',
  reads: documentKinds,
  sees: 'shape',
  codes: [
    {
      code: 'REFERENCE_DANGLING',
      severity: 'error',
      means: 'A document names another one that does not exist: a task, a form, a ladder, a role, a calendar ...',
      cure: 'Add the missing document or name another; where the key differs only in case the fix corrects it.',
      fixed: true,
    },
  ],
  check: (document, context) =>
    referencesOf(document).flatMap((reference) => danglingFinding(document, reference, context)),
});

function danglingFinding(
  document: AnyDocument,
  { path, kind, key }: Reference,
  { configuration, derived }: CheckContext,
): RuleFinding[] {
  if (configuration[kind][key]) return [];
  const folded = foldedKeys.get(kind);
  const near = folded && derived(folded).get(key.toLowerCase());
  const cure = near ? `Did you mean "${near}"?` : `Add it or choose another ${kind}.`;
  const message = `There is no ${kind} "${key}", named at /${path.join('/')}. ${cure}`;
  const named = atPointer(document, toPointer(path));
  const corrected = near && typeof named === 'string' ? named.replace(key, near) : undefined;
  return [
    {
      code: 'REFERENCE_DANGLING',
      severity: 'error',
      path,
      values: { kind, key, ...(near ? { near } : {}) },
      message,
      ...(corrected
        ? {
            fix: {
              type: 'setDocumentField' as const,
              kind: document.kind,
              key: document.key,
              path: path.map(String),
              value: corrected,
            },
          }
        : {}),
    },
  ];
}

/** By kind, the keys of its documents by their lower case; the first of those that differ in nothing else. */
const foldedKeys = new Map(
  documentKinds.map((kind): [DocumentKind, DerivedFact<ReadonlyMap<string, string>>] => [
    kind,
    {
      kinds: [kind],
      make: (documents) =>
        new Map(
          documents(kind)
            .map(({ key }): [string, string] => [key.toLowerCase(), key])
            .reverse(),
        ),
      isSame: isSameMap,
    },
  ]),
);

/** Fields that name another document, wherever they stand: the field's name decides the kind. */
const fieldKinds: Record<string, DocumentKind> = {
  form: 'form',
  interestForm: 'form',
  library: 'question',
  task: 'task',
  ladder: 'ladder',
  template: 'template',
  calendar: 'calendar',
  notifyCalendar: 'calendar',
  workflow: 'workflow',
  raises: 'workflow',
  raisesInterest: 'service-type',
  actionPlan: 'workflow',
  group: 'team',
  role: 'team',
  team: 'team',
  parent: 'topic',
};
const listKinds: Record<string, DocumentKind> = {
  statements: 'advice',
  not: 'advice',
  mustAdvise: 'advice',
  agencies: 'agency',
  scope: 'workflow',
};
/** The kind of document that a field of this name holds the key of, or a list of keys of. */
export function referenceKind(field: string): DocumentKind | undefined {
  if (Object.hasOwn(fieldKinds, field)) return fieldKinds[field];
  return Object.hasOwn(listKinds, field) ? listKinds[field] : undefined;
}

const selectorFields = new Set(['to', 'fallback']);
/** Parts of documents that hold free keys of people's own, in which names mean nothing. */
const freeMaps = new Set([
  'attributes',
  'answers',
  'script',
  'outcome',
  'fix',
  'closed',
  'openings',
  'weekly',
  'channels',
  'languages',
  'options',
  'validation',
]);

/** Kind of the document that a value at this path names by its key; undefined where it names none. */
export function referenceKindAt(path: readonly (string | number)[]): DocumentKind | undefined {
  const [name, list] = [String(path.at(-1) ?? ''), String(path.at(-2) ?? '')];
  if (path.slice(0, -1).some((part) => freeMaps.has(String(part)))) return undefined;
  if (Object.hasOwn(fieldKinds, name)) return fieldKinds[name];
  return /^\d+$/.test(name) && Object.hasOwn(listKinds, list) ? listKinds[list] : undefined;
}

/** References of a document by key, with the place of each. */
export function referencesOf(document: AnyDocument): readonly Reference[] {
  const known = foundIn.get(document);
  if (known) return known;
  const found: Reference[] = [];
  collect(document, [], found);
  foundIn.set(document, found);
  return found;
}

/** How deep the parts stand whose references are remembered: `links`, `nodes/KEY`. A part never changes, and an edit leaves most as they were. */
const PART_DEPTHS = [1, 2];
const foundInParts = new WeakMap<object, { path: readonly string[]; found: readonly Reference[] }>();

function collect(value: object, path: string[], found: Reference[]): void {
  if ('op' in value) return;
  if (!PART_DEPTHS.includes(path.length)) {
    collectFields(value, path, found);
    return;
  }
  const known = foundInParts.get(value);
  if (known?.path.every((name, at) => name === path[at])) {
    found.push(...known.found);
    return;
  }
  const own: Reference[] = [];
  collectFields(value, path, own);
  foundInParts.set(value, { path: [...path], found: own });
  found.push(...own);
}

function collectFields(value: object, path: string[], found: Reference[]): void {
  for (const name of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[name];
    if (typeof child === 'string') {
      const kind = Object.hasOwn(fieldKinds, name) ? fieldKinds[name] : undefined;
      if (kind) found.push({ path: [...path, name], kind, key: child });
    } else if (Array.isArray(child)) found.push(...listReferences(name, child, [...path, name]));
    else if (typeof child === 'object' && child !== null && !freeMaps.has(name)) {
      path.push(name);
      collect(child, path, found);
      path.pop();
    }
  }
}

// A document never changes, and several rules ask what it names.
const foundIn = new WeakMap<AnyDocument, readonly Reference[]>();

function listReferences(name: string, list: readonly unknown[], path: (string | number)[]): Reference[] {
  const kind = Object.hasOwn(listKinds, name) ? listKinds[name] : undefined;
  return list.flatMap((entry, at): Reference[] => {
    if (typeof entry !== 'string') return [];
    if (kind) return [{ path: [...path, at], kind, key: entry }];
    const team = selectorFields.has(name)
      ? /(?:^|:)(?:role|group|stakeholders):([A-Za-z0-9_-]+)$/.exec(entry)?.[1]
      : undefined;
    return team ? [{ path: [...path, at], kind: 'team', key: team }] : [];
  });
}
