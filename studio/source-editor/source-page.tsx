import { Button } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { type AnyDocument, type DocumentKind, documentKinds } from '../../schemas/configuration.ts';
import { useDraft } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { SaveMark } from '../document/save-mark.tsx';
import { toEditor } from '../document-editor/document-link.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import bar from '../ui/bar.module.css';
import { ErrorState } from '../ui/notice.tsx';
import { SourceBody } from './source-body.tsx';
import classes from './source-page.module.css';

/** A document as text. Text that is not valid is kept here and never reaches the drawing. */
export function SourcePage() {
  return (
    <DraftProvider>
      <Source />
    </DraftProvider>
  );
}

function Source() {
  const { kind, key } = useParams({ from: '/signed-in/source/$kind/$key' });
  const { pointer } = useSearch({ from: '/signed-in/source/$kind/$key' });
  const { configuration } = useDraft().content;
  const document = documentKinds.includes(kind as DocumentKind)
    ? (configuration[kind as DocumentKind][key] as AnyDocument | undefined)
    : undefined;
  if (!document)
    return (
      <ErrorState
        title={`There is no ${kind} ${key}`}
        error={new Error('It may have been deleted or renamed. Choose another from its list.')}
      />
    );
  return <OpenSource key={`${kind}/${key}`} document={document} {...(pointer ? { pointer } : {})} />;
}

function OpenSource({ document, pointer }: { document: AnyDocument; pointer?: string }) {
  const name = `${document.kind}/${document.key}`;
  return (
    <div className={classes['source']}>
      <header className={bar['bar']}>
        <h1 className={bar['title']}>
          {document.title} <span className={bar['key']}>{name}</span>
        </h1>
        <span className={bar['spring']} />
        <SaveMark />
        <Button
          variant="default"
          renderRoot={(props) => <Link {...toEditor(document.kind, document.key)} {...props} />}
        >
          {document.kind === 'workflow' ? 'Drawing' : 'Editor'}
        </Button>
        <PublishButton />
      </header>
      <SourceBody document={document} pointer={pointer} />
    </div>
  );
}
