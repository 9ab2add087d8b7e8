import { defineRule } from '../rule.ts';

/** A ladder has a fallback (E13). */
export const ladderFallback = defineRule({
  name: 'ladder-fallback',
  kind: 'ladder',
  reads: [],
  codes: [
    {
      code: 'LADDER_WITHOUT_FALLBACK',
      severity: 'error',
      means: 'A ladder has no fallback: a warning that finds nobody would reach nobody.',
      cure: 'Name a role or a group as fallback.',
    },
  ],
  check: (ladder) => {
    if (ladder.fallback.length > 0) return [];
    const message = `Ladder ${ladder.key} has no fallback: a warning that finds nobody would reach nobody. Name a role or a group.`;
    return [{ code: 'LADDER_WITHOUT_FALLBACK', severity: 'error', path: ['fallback'], values: {}, message }];
  },
});
