import { describe, expect, it } from 'vitest';
import { checkAdviceText } from '../../../../runtime/engine/advise/check-text.ts';
import { listLinks } from '../../../../runtime/engine/advise/link-list.ts';
import { describeStatements } from '../../../../runtime/engine/advise/statement-bank.ts';
import type { AdviceDocument } from '../../../../schemas/advice.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { housing } from '../../../support/housing.ts';

const digestOf = (text: string) => `digest of ${text}`;

function bank(statement: Partial<AdviceDocument>): Configuration {
  const whole: AdviceDocument = {
    kind: 'advice',
    format: 1,
    key: 'X',
    title: 'Rent',
    body: 'Pay now.',
    scope: 'generic',
    section: 'Money',
    order: 1,
    ...statement,
  };
  return { ...housing, advice: { X: whole } };
}

describe('the statement bank as its keeper sees it (A7)', () => {
  it('says where a statement is advised, how hard it is to read, what it links to and what is due', () => {
    const configuration = bank({
      body: 'Pay now. [Read on](https://example.org/rent).',
      source: 'HA96 s195',
      reviewBy: '2026-11-20',
      translations: { cy: { title: 'Rhent', body: 'Talwch nawr.', of: 'an older text' } },
    });
    const [row] = describeStatements(configuration, '2026-11-21', digestOf);
    expect(row).toEqual({
      statement: 'X',
      title: 'Rent',
      section: 'Money',
      advisedIn: Object.keys(housing.workflow).sort(),
      readability: { words: 4, sentences: 2, longestSentence: 2, meanSentence: 2, readingAge: 5 },
      links: ['https://example.org/rent'],
      source: 'HA96 s195',
      reviewBy: '2026-11-20',
      reviewDue: true,
      translations: { cy: 'outOfDate' },
    });
  });

  it('counts a statement as due the day after its date, and a translation as current by its digest', () => {
    const of = digestOf('Rent\nPay now.');
    const configuration = bank({ reviewBy: '2026-11-21', translations: { cy: { title: 'R', body: 'T.', of } } });
    expect(describeStatements(configuration, '2026-11-21', digestOf)[0]).toMatchObject({
      reviewDue: false,
      translations: { cy: 'current' },
    });
  });

  it('checks the words of a translation as those of the statement', () => {
    const translation = { title: 'R', body: '{{nobody}} <b>x</b> [y](javascript:z)', of: digestOf('Rent\nPay now.') };
    expect(
      checkAdviceText(bank({ translations: { cy: translation } }), digestOf).map(({ code, pointer }) => [
        code,
        pointer,
      ]),
    ).toEqual([
      ['TEXT_HTML', '/translations/cy/body'],
      ['TEXT_HTML', '/translations/cy/body'],
      ['TEXT_LINK_REFUSED', '/translations/cy/body'],
      ['ADVICE_PLACEHOLDER_UNKNOWN', '/translations/cy/body'],
    ]);
  });

  it('lists every link with its place, those nobody may follow too', () => {
    const links = listLinks({
      ...bank({ body: '[a](https://example.org/a) [b](javascript:b)' }),
      agency: { A: { kind: 'agency', format: 1, key: 'A', title: 'A', url: 'https://example.org/z' } },
      provision: {},
      task: {},
      form: {},
    });
    expect(links).toEqual([
      { url: 'https://example.org/a', document: 'advice/X', pointer: '/body', allowed: true },
      { url: 'https://example.org/z', document: 'agency/A', pointer: '/url', allowed: true },
      { url: 'javascript:b', document: 'advice/X', pointer: '/body', allowed: false },
    ]);
  });
});
