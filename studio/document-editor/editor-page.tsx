import { Navigate, useParams, useSearch } from '@tanstack/react-router';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { documentKinds } from '../../schemas/configuration.ts';
import { useDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { DocumentFrame } from './document-frame.tsx';
import { toEditor } from './document-link.tsx';
import { MissingDocument } from './missing-document.tsx';

/** The document of the address in the editor of its kind; `pointer` names the field to go to. */
export function EditorPage() {
  return (
    <DraftProvider>
      <OpenDocument />
    </DraftProvider>
  );
}

function OpenDocument() {
  const { kind, key } = useParams({ from: '/signed-in/edit/$kind/$key' });
  const { pointer } = useSearch({ from: '/signed-in/edit/$kind/$key' });
  const { configuration } = useDraft().content;
  if (kind === 'workflow') return <Navigate {...toEditor(kind, key, pointer)} replace />;
  const document = findDocument(configuration, kind, key);
  if (!document) return <MissingDocument kind={kind} documentKey={key} />;
  return <DocumentFrame key={`${kind}/${key}`} document={document} {...(pointer ? { pointer } : {})} />;
}

function findDocument(configuration: Configuration, kind: string, key: string): AnyDocument | undefined {
  if (!documentKinds.includes(kind as DocumentKind)) return undefined;
  const documents = configuration[kind as DocumentKind];
  return Object.hasOwn(documents, key) ? documents[key] : undefined;
}
