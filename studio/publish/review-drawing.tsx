import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { releaseDocumentsQuery } from '../api/queries.ts';
import { useDraft } from '../document/draft-context.tsx';
import { mergeConfigurations } from '../document/engine.ts';
import { Loading } from '../ui/notice.tsx';
import type { Resolve, Review } from './queries.ts';

const DrawnChanges = lazy(() => import('./drawn-changes.tsx'));

/** The draft, as it would be published, beside the newest release on the drawing. */
export function ReviewDrawing({ review, resolve }: { review: Review; resolve: Resolve | undefined }) {
  const { configuration: draft } = useDraft().content;
  const { baseRelease, newestRelease } = review;
  const isBehind = baseRelease !== null && baseRelease !== newestRelease;
  const newest = useQuery({ ...releaseDocumentsQuery(newestRelease ?? 0), enabled: newestRelease !== null });
  const base = useQuery({ ...releaseDocumentsQuery(baseRelease ?? 0), enabled: isBehind });
  const after = useMemo(() => {
    if (!isBehind || !base.data || !newest.data) return isBehind ? undefined : draft;
    // As the server does it: what both changed is the draft's, or the newer release's where that was chosen.
    return resolve === 'theirs'
      ? mergeConfigurations(base.data, newest.data, draft).configuration
      : mergeConfigurations(base.data, draft, newest.data).configuration;
  }, [isBehind, base.data, newest.data, draft, resolve]);
  if (!newest.data || !after) return null;
  return (
    <Suspense fallback={<Loading label="Loading the drawing" />}>
      <DrawnChanges before={newest.data} after={after} />
    </Suspense>
  );
}
