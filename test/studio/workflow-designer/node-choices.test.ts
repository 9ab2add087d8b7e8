import { describe, expect, it } from 'vitest';
import type { OwnerRules } from '../../../schemas/allocation.ts';
import { withOwner } from '../../../studio/workflow-designer/node-choices.ts';

const caseOwner = JSON.stringify({ by: 'caseOwner' });
const rent = { order: 1, when: { op: 'answered', of: { question: 'arrears' } }, to: { by: 'group', group: 'MON' } };
const rest = { order: 2, to: { by: 'roundRobin', team: 'HOO' }, presence: 'untilAmber' };

describe('the one owner chosen on a drawing', () => {
  it('is the only rule where there was none', () => {
    expect(withOwner(undefined, caseOwner)).toEqual({ owner: { order: 1, to: { by: 'caseOwner' } } });
    expect(withOwner({}, caseOwner)).toEqual({ owner: { order: 1, to: { by: 'caseOwner' } } });
  });

  it('takes the place of the last rule and keeps those with a condition, and what else the last one says', () => {
    expect(withOwner({ rest, rent } as OwnerRules, caseOwner)).toEqual({
      rent,
      rest: { order: 2, to: { by: 'caseOwner' }, presence: 'untilAmber' },
    });
  });

  it('comes after rules that all have a condition', () => {
    expect(withOwner({ owner: rent } as OwnerRules, caseOwner)).toEqual({
      owner: rent,
      'owner-2': { order: 2, to: { by: 'caseOwner' } },
    });
  });
});
