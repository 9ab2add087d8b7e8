import { Button } from '@mantine/core';
import { Link, Navigate, useParams, useSearch } from '@tanstack/react-router';
import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { documentKinds } from '../../schemas/configuration.ts';
import { areas } from '../app/areas.ts';
import { useDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { ErrorState } from '../ui/notice.tsx';
import { DocumentFrame } from './document-frame.tsx';
import { toEditor } from './document-link.tsx';

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
  if (!document) return <Missing kind={kind} documentKey={key} />;
  return <DocumentFrame key={`${kind}/${key}`} document={document} {...(pointer ? { pointer } : {})} />;
}

function Missing({ kind, documentKey }: { kind: string; documentKey: string }) {
  const area = areas.find(({ kinds }) => kinds.includes(kind as DocumentKind)) ?? areas[0];
  return (
    <ErrorState
      title={`There is no ${kind} ${documentKey}`}
      error={new Error('It may have been deleted. Undo brings it back while the page stays open; or choose another.')}
      action={
        area ? (
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/library/$area" params={{ area: area.slug }} {...props} />}
          >
            {area.title}
          </Button>
        ) : null
      }
    />
  );
}

function findDocument(configuration: Configuration, kind: string, key: string): AnyDocument | undefined {
  if (!documentKinds.includes(kind as DocumentKind)) return undefined;
  const documents = configuration[kind as DocumentKind];
  return Object.hasOwn(documents, key) ? documents[key] : undefined;
}
