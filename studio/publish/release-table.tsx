import { Button, Group } from '@mantine/core';
import type { ReleaseRow } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import tables from '../ui/table.module.css';
import { momentInFull } from '../words/date-words.ts';

export interface ReleaseTableProps {
  /** Newest first. */
  releases: readonly ReleaseRow[];
  nameOf: (user: string) => string;
  onCompare: (number: number) => void;
  onRestore: (release: ReleaseRow) => void;
}

/** Releases with who published them, why, and their digest. */
export function ReleaseTable({ releases, nameOf, onCompare, onRestore }: ReleaseTableProps) {
  const newest = releases[0]?.number;
  return (
    <DataTable heads={['Release', 'Note', 'Published', 'Digest', 'Actions']}>
      {releases.map((release) => (
        <tr key={release.number}>
          <td className="numeric" data-label="Release">
            <strong>{release.number}</strong> <Origin of={release} />
          </td>
          <td>
            {release.note ?? ''}
            <span className={tables['sub']}>{people(release, nameOf)}</span>
          </td>
          <td>
            {momentInFull(release.publishedAt)}
            {release.startsAt ? <span className={tables['sub']}>begins {momentInFull(release.startsAt)}</span> : null}
          </td>
          <td className={tables['key']} data-label="Digest" title={release.digest}>
            {release.digest.slice(0, 12)}
          </td>
          <td>
            <Group gap="xs" wrap="nowrap">
              {release.number > 1 ? (
                <Button variant="default" size="xs" onClick={() => onCompare(release.number)}>
                  What changed<span className="visually-hidden"> in release {release.number}</span>
                </Button>
              ) : null}
              {release.number === newest ? null : (
                <Button variant="default" size="xs" onClick={() => onRestore(release)}>
                  Restore<span className="visually-hidden"> release {release.number}</span>
                </Button>
              )}
            </Group>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Origin({ of: { origin = 'draft' } }: { of: ReleaseRow }) {
  const [how, what = ''] = origin.split(':');
  if (how === 'rollback') return <Badge tone="note">Restores {what}</Badge>;
  return how === 'promoted' ? <Badge tone="note">Promoted</Badge> : null;
}

function people({ author, approver }: ReleaseRow, nameOf: (user: string) => string): string {
  if (!author) return '';
  return approver ? `${nameOf(author)}, approved by ${nameOf(approver)}` : nameOf(author);
}
