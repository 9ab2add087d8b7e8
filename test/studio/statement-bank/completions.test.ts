import { describe, expect, it } from 'vitest';
import { comparePacks } from '../../../studio/advice/compare.ts';
import { lacks } from '../../../studio/statement-bank/completeness.ts';
import { completionsAt } from '../../../studio/statement-bank/completions.ts';
import { alteredHousing, loadHousing } from '../../support/configuration.ts';

const all = [
  { text: '{{organisation}}', says: 'Name of the organisation' },
  { text: '{{contactPhone}}', says: 'Telephone of the organisation' },
  { text: '{{agency:SHELTER}}', says: 'Shelter' },
];
const at = (text: string) => completionsAt(text, text.length, all).map(({ text: name }) => name);

describe('a placeholder begun in a text', () => {
  it('goes on with names that begin so, then with what they mean', () => {
    expect(at('Ask {{orga')).toEqual(['{{organisation}}', '{{contactPhone}}']);
    expect(at('Ask {{agency:SH')).toEqual(['{{agency:SHELTER}}']);
    expect(at('Ask {{shel')).toEqual(['{{agency:SHELTER}}']);
  });

  it('offers all when nothing is typed yet, and nothing outside of one', () => {
    expect(at('Ask {{')).toHaveLength(3);
    expect(at('Ask organisation')).toEqual([]);
    expect(at('Ask {{organisation}} ')).toEqual([]);
  });
});

describe('a statement lacks', () => {
  const row = {
    statement: 'S',
    title: 'S',
    section: 'A',
    advisedIn: ['HP'],
    readability: { words: 30, sentences: 2, longestSentence: 15, meanSentence: 15, readingAge: 9 },
    links: [],
    source: 'HA96 s195',
    reviewBy: '2027-05-01',
    reviewDue: false,
    translations: {},
  };

  it('nothing when it has all, and Welsh only where the organisation gives it', () => {
    expect(lacks(row, false)).toEqual([]);
    expect(lacks(row, true)).toEqual(['welsh']);
  });

  it('what is not there or out of date', () => {
    const { source: _, ...bare } = {
      ...row,
      advisedIn: [],
      reviewDue: true,
      translations: { cy: 'outOfDate' as const },
    };
    expect(lacks(bare, true)).toEqual(['rule', 'source', 'reviewDue', 'oldWelsh']);
  });
});

describe('two packs for the same answers', () => {
  const request = { workflow: 'HP', answers: { notice: 's8', stay: 'private_rent' }, asAt: '2026-11-21' };
  const shipped = loadHousing().configuration;

  it('are the same in the same configuration', () => {
    expect(comparePacks(shipped, shipped, request)).toEqual({ gained: [], lost: [], reworded: [] });
  });

  it('differ by what a rule gives no longer and by what is worded otherwise', () => {
    const altered = alteredHousing((draft) => {
      const rule = draft.workflow['HP']?.adviceRules['HP3'];
      if (rule) rule.when = { op: 'any', conditions: [] };
      const general = draft.advice['G1'];
      if (general) general.body = 'Otherwise.';
    });
    expect(comparePacks(shipped, altered, request)).toEqual({ gained: [], lost: ['HP3'], reworded: ['G1'] });
    expect(comparePacks(altered, shipped, request)).toEqual({ gained: ['HP3'], lost: [], reworded: ['G1'] });
  });
});
