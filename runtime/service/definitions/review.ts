import type { Configuration } from '../../../schemas/configuration.ts';
import {
  compileCalendars,
  type DocumentDiff,
  diffConfigurations,
  type MergeConflict,
  mergeConfigurations,
  shippedBankHolidays,
} from '../../engine/index.ts';
import { intOf } from '../db/database.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { type DraftContent, loadDraft } from './draft-store.ts';

/** A draft brought up to the newest release, with what it changes (R4). */
export interface Review {
  draft: DraftContent;
  /** The newest release, begun or not; null before the first. */
  newest: number | null;
  before: Configuration | undefined;
  /** What would be published: the draft, with what was released since it began. */
  after: Configuration;
  conflicts: readonly MergeConflict[];
  changes: DocumentDiff[];
}

/** Where both the draft and a newer release changed a place: whose value stands. */
export type Resolve = 'mine' | 'theirs';

/** Re-bases the draft on the newest release and tells what would change by publishing it. */
export async function reviewDraft(organisation: Organisation, resolve: Resolve = 'mine'): Promise<Review> {
  const draft = await loadDraft(organisation);
  const newest = await newestRelease(organisation);
  const before = newest === null ? undefined : (await organisation.releases.load(newest)).configuration;
  const base =
    draft.baseRelease === null ? undefined : (await organisation.releases.load(draft.baseRelease)).configuration;
  const { configuration, conflicts } = rebase(draft.configuration, draft.baseRelease, base, newest, before, resolve);
  const changes = before ? differences(before, configuration, organisation) : [];
  return { draft, newest, before, after: configuration, conflicts, changes };
}

function rebase(
  draft: Configuration,
  baseRelease: number | null,
  base: Configuration | undefined,
  newest: number | null,
  before: Configuration | undefined,
  resolve: Resolve,
): { configuration: Configuration; conflicts: readonly MergeConflict[] } {
  if (!base || !before || baseRelease === newest) return { configuration: draft, conflicts: [] };
  const merged = mergeConfigurations(base, draft, before);
  if (resolve === 'mine') return merged;
  return { ...mergeConfigurations(base, before, draft), conflicts: merged.conflicts };
}

/** What differs between two configurations, with planned finishes for a start today. */
export function differences(before: Configuration, after: Configuration, { clock }: Organisation): DocumentDiff[] {
  return diffConfigurations(before, after, {
    start: dateIn(zoneOf(after), clock.now()),
    calendars: {
      before: compileCalendars(before, shippedBankHolidays),
      after: compileCalendars(after, shippedBankHolidays),
    },
  });
}

export function zoneOf(configuration: Configuration): string {
  return Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
}

/** Number of the newest release, begun or not; null before the first. */
export async function newestRelease({ database }: Organisation): Promise<number | null> {
  const [row] = await database.query('SELECT MAX(number) AS number FROM releases');
  return row && row.number !== null ? intOf(row, 'number') : null;
}
