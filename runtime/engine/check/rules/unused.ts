import type { AnyDocument, DocumentKind } from '../../../../schemas/configuration.ts';
import { type DerivedFact, isSameSet } from '../derived.ts';
import { defineCommonRule } from '../rule.ts';
import { referencesOf } from './references.ts';

const readingKinds = ['workflow', 'task', 'form', 'ladder', 'advice', 'service-type'] as const;
/** Kinds that do nothing unless another document names them. */
const named: readonly DocumentKind[] = ['task', 'form', 'question', 'ladder', 'template', 'agency'];

/** Documents that no other names: nothing is wrong, but they may have been forgotten. */
export const unused = defineCommonRule({
  name: 'unused',
  reads: readingKinds,
  codes: [
    {
      code: 'DOCUMENT_UNUSED',
      severity: 'info',
      means: 'No other document names this one, so it does nothing.',
      cure: 'Use it or delete it.',
      fixed: true,
    },
  ],
  check: (document, { isIn }) => {
    if (!named.includes(document.kind)) return [];
    // The service sends this one itself, when work changes hands.
    const own = document.kind === 'template' && document.purpose === 'assigned';
    if (own || isIn(usedDocuments, `${document.kind}/${document.key}`)) return [];
    const { kind, key } = document;
    return [
      {
        code: 'DOCUMENT_UNUSED',
        severity: 'info',
        path: [],
        values: { kind, key },
        message: `No other document names ${kind} ${key}, so it does nothing. Use it or delete it.`,
        fix: { type: 'removeDocument', kind, key },
      },
    ];
  },
});

const usedDocuments: DerivedFact<ReadonlySet<string>> = {
  kinds: readingKinds,
  make: (documents) => {
    const used = new Set<string>();
    for (const kind of readingKinds)
      for (const document of documents(kind)) for (const name of namedBy(document)) used.add(name);
    return used;
  },
  isSame: isSameSet,
};

// A document never changes, so what it names is read once.
const namedByDocument = new WeakMap<AnyDocument, string[]>();

function namedBy(document: AnyDocument): string[] {
  const known = namedByDocument.get(document);
  if (known) return known;
  const text = document.kind === 'advice' ? [...document.body.matchAll(/\{\{\s*agency:([A-Za-z0-9_-]+)/g)] : [];
  const found = [
    ...referencesOf(document).map(({ kind, key }) => `${kind}/${key}`),
    ...text.map((match) => `agency/${match[1]}`),
  ];
  namedByDocument.set(document, found);
  return found;
}
