import { findCycleGroups } from '../cycle-groups.ts';
import { defineRule } from '../rule.ts';

/** Follow-on rungs begin at a rung that is started by a clock, not in a circle (E1). */
export const ladderLoop = defineRule({
  name: 'ladder-loop',
  kind: 'ladder',
  reads: [],
  codes: [
    {
      code: 'LADDER_LOOP',
      severity: 'error',
      means: 'Rungs follow one another in a circle, so that none of them could ever fire.',
      cure: 'Start one of them from the clock.',
    },
  ],
  check: (ladder) => {
    const keys = Object.keys(ladder.rungs);
    const links = keys.flatMap((key) => {
      const after = ladder.rungs[key]?.trigger.after;
      return after === undefined ? [] : [{ from: after, to: key }];
    });
    return findCycleGroups(keys, links).map(({ cycle }) => ({
      code: 'LADDER_LOOP',
      severity: 'error',
      path: ['rungs', cycle[0] ?? ''],
      values: { cycle },
      message: `These rungs follow one another in a loop: ${[...cycle, cycle[0]].join(' -> ')}. None could ever fire; start one of them from the clock.`,
    }));
  },
});
