import type { AnyDocument, Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { documentKinds } from '../../../schemas/configuration.ts';
import { toDocumentText } from '../../../schemas/document-text.ts';
import { type Reference, referencesOf } from '../check/rules/references.ts';

/** Documents (`kind/key`) and everything they name, directly or by others, in the order of the kinds. */
export function withWhatTheyNeed(configuration: Configuration, names: readonly string[]): AnyDocument[] {
  const found = new Map<string, AnyDocument>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const [kind, key = ''] = name.split('/') as [DocumentKind, string];
    const document = documentOf(configuration, kind, key);
    if (!document || found.has(name)) continue;
    found.set(name, document);
    waiting.push(...neededBy(document).map((reference) => `${reference.kind}/${reference.key}`));
  }
  return documentKinds.flatMap((kind) =>
    [...found.values()].filter((document) => document.kind === kind).sort((a, b) => (a.key < b.key ? -1 : 1)),
  );
}

/** One JSON file of documents; `lintel import --from bundle` and the studio read it. */
export function writeBundle(documents: readonly AnyDocument[]): string {
  return toDocumentText({ format: 1, documents });
}

/** A place of a document that names another one that is not there. */
export interface MissingReference {
  readonly document: string;
  readonly pointer: string;
  readonly needs: string;
}

/** What documents name that neither they nor the configuration have: to be repaired after an import. */
export function missingReferences(configuration: Configuration, documents: readonly AnyDocument[]): MissingReference[] {
  const own = new Set(documents.map(({ kind, key }) => `${kind}/${key}`));
  return documents.flatMap((document) =>
    neededBy(document)
      .filter(({ kind, key }) => !own.has(`${kind}/${key}`) && !documentOf(configuration, kind, key))
      .map(({ path, kind, key }) => ({
        document: `${document.kind}/${document.key}`,
        pointer: `/${path.join('/')}`,
        needs: `${kind}/${key}`,
      })),
  );
}

/** References by key, and the agencies that a text names. */
function neededBy(document: AnyDocument): Reference[] {
  const inText =
    document.kind === 'advice'
      ? [...document.body.matchAll(/\{\{\s*agency:([A-Za-z0-9_-]+)\s*\}\}/g)].map(
          ([, key = '']): Reference => ({ path: ['body'], kind: 'agency', key }),
        )
      : [];
  return [...referencesOf(document), ...inText];
}

function documentOf(configuration: Configuration, kind: DocumentKind, key: string): AnyDocument | undefined {
  const documents = configuration[kind] as Readonly<Record<string, AnyDocument>> | undefined;
  return documents && Object.hasOwn(documents, key) ? documents[key] : undefined;
}
