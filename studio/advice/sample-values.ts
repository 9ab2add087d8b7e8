import type { Configuration } from '../../schemas/configuration.ts';
import { readStatement, type TextNode } from '../document/engine.ts';
import { dateInWords } from '../words/date-words.ts';

/** What a pack is filled in with until there is a customer and a case. */
function sampleValues(configuration: Configuration, asAt: string): Readonly<Record<string, string>> {
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

/** A statement as a sample customer would read it. */
export function readSample(configuration: Configuration, body: string, asAt: string): readonly TextNode[] {
  return readStatement(body, { configuration, asAt, values: sampleValues(configuration, asAt) });
}
