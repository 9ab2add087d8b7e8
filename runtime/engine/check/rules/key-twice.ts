import { type AnyDocument, type DocumentKind, documentKinds } from '../../../../schemas/configuration.ts';
import { passingClean } from '../clean-parts.ts';
import { type DerivedFact, isSameMap } from '../derived.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** Keys differ by more than case: of documents within their kind, and of entries within their document. */
export const keyTwice = defineCommonRule({
  name: 'key-twice',
  reads: documentKinds,
  codes: [
    {
      code: 'KEY_TWICE',
      severity: 'error',
      means: 'Two keys differ only in case, or are the same: people and other systems would take one for the other.',
      cure: 'Change the key of one of them.',
    },
  ],
  check: (document, { derived }) => {
    const fact = twinsByKind.get(document.kind);
    const twin = fact && derived(fact).get(document.key);
    const own = twin === undefined ? [] : [finding(document.key, twin, ['key'])];
    return [...own, ...insideOf(document)];
  },
});

/** By kind, the documents whose key differs only in case from an earlier one. */
const twinsByKind = new Map(
  documentKinds.map((kind): [DocumentKind, DerivedFact<Map<string, string>>] => [
    kind,
    { kinds: [kind], make: (documents) => twins(documents(kind).map(({ key }) => key)), isSame: isSameMap },
  ]),
);

/** Keys that differ only in case from an earlier one, with that one. */
function twins(keys: readonly string[]): Map<string, string> {
  const first = new Map<string, string>();
  const found = new Map<string, string>();
  for (const key of keys) {
    const before = first.get(key.toLowerCase());
    if (before === undefined) first.set(key.toLowerCase(), key);
    else found.set(key, before);
  }
  return found;
}

// A document never changes, so it is gone through once.
const insideByDocument = new WeakMap<AnyDocument, readonly RuleFinding[]>();

function insideOf(document: AnyDocument): readonly RuleFinding[] {
  const known = insideByDocument.get(document);
  if (known) return known;
  const found: RuleFinding[] = [];
  lookInside(document, [], found);
  insideByDocument.set(document, found);
  return found;
}

/** `path` is where the value stands; it is the same list for all, so that looking at what is right leaves nothing behind. */
const lookInside = passingClean((value: object, path, found: RuleFinding[]) => {
  if (Array.isArray(value) || 'op' in value) return;
  const keys = Object.keys(value);
  if (keys.length > 1 && mayHaveTwins(keys))
    for (const [key, twin] of twins(keys)) found.push(finding(key, twin, [...path, key]));
  for (const key of keys) {
    path.push(key);
    lookInside((value as Record<string, unknown>)[key], path, found);
    path.pop();
  }
});

/** More keys than these are quicker looked up than compared by pairs. */
const MOST_PAIRED = 40;

/** Twins are as long as each other; most entries of a document are called by a field's name and differ in length or first letter. */
function mayHaveTwins(keys: readonly string[]): boolean {
  if (keys.length > MOST_PAIRED) return true;
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    for (let j = 0; j < i; j++) {
      const other = keys[j] as string;
      if (other.length === key.length && other.toLowerCase() === key.toLowerCase()) return true;
    }
  }
  return false;
}

function finding(key: string, twin: string, path: readonly string[]): RuleFinding {
  const message = `The key "${key}" differs from "${twin}" only in case. Change the key of one of them.`;
  return { code: 'KEY_TWICE', severity: 'error', path, values: { key, other: twin }, message };
}
