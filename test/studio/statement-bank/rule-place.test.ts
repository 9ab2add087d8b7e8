import { describe, expect, it } from 'vitest';
import { statementOfRule } from '../../../studio/statement-bank/rule-place.ts';
import { alteredHousing, loadHousing } from '../../support/configuration.ts';

describe('a finding about a rule of advice leads to the statement that the rule gives', () => {
  const { configuration } = loadHousing();

  it('to the rule, or to the part of it that the finding is about', () => {
    expect(statementOfRule(configuration, 'HP', '/adviceRules/HP3/when/value')).toEqual({
      statement: 'HP3',
      pointer: '/workflow/HP/adviceRules/HP3/when/value',
    });
    expect(statementOfRule(configuration, 'HP', '/adviceRules/HP3')?.pointer).toBe('/workflow/HP/adviceRules/HP3');
  });

  it('to none, where the rule gives a statement that is not there, or the pointer is about something else', () => {
    const without = alteredHousing(({ advice }) => {
      delete advice['HP3'];
    });
    expect(statementOfRule(without, 'HP', '/adviceRules/HP3')).toBeUndefined();
    expect(statementOfRule(configuration, 'HP', '/nodes/HP01')).toBeUndefined();
  });
});
