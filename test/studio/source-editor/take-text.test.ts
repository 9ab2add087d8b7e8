import { describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import { takeText } from '../../../studio/source-editor/take-text.ts';

const agency = (fields: object): AnyDocument =>
  ({ kind: 'agency', format: 1, key: 'A', title: 'Agency', ...fields }) as AnyDocument;
const textOf = (document: AnyDocument) => JSON.stringify(document, null, 2);

describe('text of a document', () => {
  it('goes into the draft as it is where nothing was changed there since', () => {
    const [begun, written] = [agency({}), agency({ hours: 'Mine' })];
    expect(takeText(textOf(written), begun, agency({}))).toEqual({ document: written, written });
  });

  it('keeps what was changed in the draft since it was begun', () => {
    const [begun, written, now] = [agency({}), agency({ hours: 'Mine' }), agency({ phone: 'Theirs' })];
    expect(takeText(textOf(written), begun, now)).toEqual({
      document: agency({ hours: 'Mine', phone: 'Theirs' }),
      written,
    });
  });

  it('is held where both changed one place, with what comes of it when it stands', () => {
    const begun = agency({ hours: 'Before' });
    const written = agency({ hours: 'Mine' });
    const now = agency({ hours: 'Theirs', phone: 'Theirs' });
    expect(takeText(textOf(written), begun, now)).toEqual({
      text: textOf(written),
      findings: [],
      overlap: { places: ['/hours'], document: agency({ hours: 'Mine', phone: 'Theirs' }) },
    });
  });

  it('is held with its findings while it is no document', () => {
    const taken = takeText('{"kind": "agency"', agency({}), agency({ phone: 'Theirs' }));
    expect(taken).toMatchObject({ text: '{"kind": "agency"', findings: [{ code: 'JSON_INVALID' }] });
    expect(taken).not.toHaveProperty('overlap');
  });

  it('of which nobody knows what it was begun on is held wherever it differs', () => {
    const taken = takeText(textOf(agency({ hours: 'Old' })), undefined, agency({ hours: 'New' }));
    expect(taken).toMatchObject({ overlap: { places: ['/hours'] } });
  });
});
