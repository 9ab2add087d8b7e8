import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { releaseDocumentsQuery } from '../api/queries.ts';
import { diffDocument } from '../document/engine.ts';
import { Sentences } from '../document/sentences.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import classes from './source-body.module.css';

const SourceDiff = lazy(() => import('./source-diff.tsx'));

/** What became of a document since a release: in sentences, and line by line. */
export function ReleaseComparison({ document, release }: { document: AnyDocument; release: number }) {
  const { data, error } = useQuery(releaseDocumentsQuery(release));
  if (error) return <ErrorState title={`Release ${release} cannot be loaded`} error={error} />;
  if (!data) return <Loading label={`Loading release ${release}`} />;
  const before = data[document.kind]?.[document.key] as AnyDocument | undefined;
  return (
    <div className={classes['comparison']}>
      <section className={classes['changes']} aria-label={`Changes since release ${release}`}>
        {before ? (
          <Sentences diff={diffDocument(before, document)} />
        ) : (
          <p>Release {release} did not have this document.</p>
        )}
      </section>
      <div className={classes['diff']}>
        <Suspense fallback={<Loading label="Loading the comparison" />}>
          <SourceDiff
            before={before ? toDocumentText(before) : ''}
            after={toDocumentText(document)}
            label={`${document.kind}/${document.key}: release ${release} beside the draft`}
          />
        </Suspense>
      </div>
    </div>
  );
}
