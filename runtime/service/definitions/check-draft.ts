import type { Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { documentKinds } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { checkDocuments, shippedBankHolidays } from '../../engine/index.ts';
import { dateIn } from '../local-date.ts';

/** Findings of a draft (R1), proved for starts from the date of `now` in the organisation's zone on; of one kind only when it is named. */
export function checkDraft(configuration: Configuration, now: number, kind?: DocumentKind): Finding[] {
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const options = { holidays: shippedBankHolidays, from: dateIn(zone, now) };
  return [...checkDocuments(configuration, options, kind === undefined ? documentKinds : [kind])];
}
