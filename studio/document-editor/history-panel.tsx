import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { releaseDocumentsQuery, releasesQuery } from '../api/queries.ts';
import type { ReleaseRow } from '../api/types.ts';
import { diffDocument } from '../document/engine.ts';
import { Loading } from '../ui/notice.tsx';
import { momentInFull } from '../words/date-words.ts';
import classes from './panels.module.css';

/** Releases looked through at once: each is a whole configuration to load. */
const STEP = 6;

/** The releases that changed this document, in sentences, and what the draft changes since the newest. */
export function HistoryPanel({ document }: { document: AnyDocument }) {
  const [depth, setDepth] = useState(STEP);
  const { data: releases, isPending } = useQuery(releasesQuery);
  const newestFirst = [...(releases ?? [])].sort((a, b) => b.number - a.number);
  const looked = newestFirst.slice(0, depth);
  const contents = useQueries({ queries: looked.map(({ number }) => releaseDocumentsQuery(number)) });
  if (isPending || contents.some((one) => one.isPending)) return <Loading label="Loading the history" />;
  const versions = contents.map(({ data }) => data && findIn(data, document));
  const sinceNewest = diffDocument(versions[0], document);
  const steps = looked.flatMap((release, at) => {
    const isLast = at === looked.length - 1;
    const diff = isLast && newestFirst.length > depth ? undefined : diffDocument(versions[at + 1], versions[at]);
    return diff ? [{ release, sentences: diff.sentences }] : [];
  });
  return (
    <div className={classes['panel']}>
      {sinceNewest ? <Step title="In the draft, not published yet" sentences={sinceNewest.sentences} /> : null}
      {steps.map(({ release, sentences }) => (
        <Step key={release.number} title={`Release ${release.number}`} release={release} sentences={sentences} />
      ))}
      {steps.length === 0 && !sinceNewest ? <p className={classes['note']}>No release changed it.</p> : null}
      {newestFirst.length > depth ? (
        <Button variant="default" onClick={() => setDepth(depth + STEP)}>
          Look further back
        </Button>
      ) : null}
    </div>
  );
}

function Step({ title, release, sentences }: { title: string; release?: ReleaseRow; sentences: readonly string[] }) {
  return (
    <section>
      <h3 className={classes['heading']}>
        {title} {release ? <span>{momentInFull(release.publishedAt)}</span> : null}
      </h3>
      {release?.note ? <p className={classes['note']}>{release.note}</p> : null}
      <ul className={classes['places']}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function findIn(configuration: Configuration, { kind, key }: AnyDocument): AnyDocument | undefined {
  return configuration[kind]?.[key];
}
