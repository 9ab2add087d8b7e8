import { useSuspenseQuery } from '@tanstack/react-query';
import { releasesQuery } from '../api/queries.ts';
import { DraftProvider } from '../document/draft-provider.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { momentInFull } from '../words/date-words.ts';
import { PublishButton } from './publish-button.tsx';

/** Every release, the newest first. */
export function ReleasesPage() {
  const { data: releases } = useSuspenseQuery(releasesQuery);
  const newestFirst = [...releases].sort((a, b) => b.number - a.number);
  return (
    <Page
      title="Releases"
      lead="What was published, when and why. A release never changes."
      actions={
        <DraftProvider>
          <PublishButton />
        </DraftProvider>
      }
    >
      {newestFirst.length === 0 ? (
        <EmptyState title="Nothing published yet">Publish the draft to let cases begin.</EmptyState>
      ) : (
        <div className={tables['wrap']}>
          <table className={tables['table']}>
            <thead>
              <tr>
                <th scope="col">Release</th>
                <th scope="col">Note</th>
                <th scope="col">Published</th>
                <th scope="col">Digest</th>
              </tr>
            </thead>
            <tbody>
              {newestFirst.map((release) => {
                return (
                  <tr key={release.number}>
                    <td className="numeric" data-label="Release">
                      <strong>{release.number}</strong>
                    </td>
                    <td>
                      {release.note ?? ''}
                      <span className={tables['sub']}>{release.author ?? ''}</span>
                    </td>
                    <td>{momentInFull(release.publishedAt)}</td>
                    <td className={tables['key']} data-label="Digest">
                      {release.digest.slice(0, 12)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
