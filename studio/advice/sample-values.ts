import type { Configuration } from '../../schemas/configuration.ts';
import { dateInWords } from '../words/date-words.ts';

/** What a pack is filled in with until there is a customer and a case. */
export function sampleValues(configuration: Configuration, asAt: string): Readonly<Record<string, string>> {
  return {
    caseRef: 'HP-ABCD-1234',
    customerName: 'Robin Sample',
    caseworker: 'your caseworker',
    contactPhone: '01632 960 000',
    contactEmail: 'housing@example.org',
    organisation: Object.values(configuration.settings)[0]?.organisation ?? '',
    asAt: dateInWords(asAt),
  };
}

/** A text of advice with its placeholders filled in for a sample customer; those that nobody knows stay as written. */
export function samplePackValues(configuration: Configuration, text: string, asAt: string): string {
  const values = sampleValues(configuration, asAt);
  return text.replaceAll(
    /\{\{\s*(agency:)?\s*([A-Za-z0-9_.-]+)\s*\}\}/g,
    (whole, agency: string | undefined, name: string) =>
      agency ? (configuration.agency[name]?.title ?? whole) : (values[name] ?? whole),
  );
}
