import type { LadderDocument, Rung } from '../../../../schemas/ladder.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A rung's trigger says all it needs, and something the ladder's subject can give (E1, E18). */
export const rungTrigger = defineRule({
  name: 'rung-trigger',
  kind: 'ladder',
  reads: [],
  codes: [
    {
      code: 'RUNG_UNKNOWN',
      severity: 'error',
      means: 'A rung follows on from a rung that the ladder does not have.',
      cure: 'Choose an earlier rung.',
    },
    {
      code: 'RUNG_WITHOUT_WAIT',
      severity: 'error',
      means: 'A rung waits for something without saying for how long.',
      cure: 'Add "for" with a period longer than nothing.',
    },
    {
      code: 'RUNG_TRIGGER_SUBJECT',
      severity: 'error',
      means:
        'A rung is triggered by something that what its ladder watches never does: the end of a statutory clock on a task, or the work of an owner on a clock.',
      cure: 'Choose a trigger for the subject of the ladder, or change the subject.',
    },
    {
      code: 'LADDER_EMPTY',
      severity: 'warning',
      means: 'A ladder has no rung, so that it never warns anybody.',
      cure: 'Add a rung or delete the ladder.',
    },
  ],
  check: (ladder) => [
    ...Object.entries(ladder.rungs).flatMap(([key, rung]) => rungFindings(ladder, key, rung)),
    ...emptyFindings(ladder),
  ],
});

function emptyFindings(ladder: LadderDocument): RuleFinding[] {
  if (Object.keys(ladder.rungs).length > 0) return [];
  const message = `Ladder ${ladder.key} has no rung, so it never warns anybody. Add a rung or delete the ladder.`;
  return [{ code: 'LADDER_EMPTY', severity: 'warning', path: ['rungs'], values: {}, message }];
}

const waiting: readonly Rung['trigger']['on'][] = ['followOn', 'stagnant', 'unassigned', 'notStarted', 'pausedTooLong'];
const ofOwners: readonly Rung['trigger']['on'][] = ['stagnant', 'unassigned', 'notStarted', 'pausedTooLong'];

function rungFindings(ladder: LadderDocument, key: string, rung: Rung): RuleFinding[] {
  const path = ['rungs', key, 'trigger'];
  const { on, after } = rung.trigger;
  const wrong = ladder.subject === 'clock' ? ofOwners.includes(on) : on === 'clockEnd';
  if (wrong) {
    const message = `Rung ${key} is triggered by ${on}, which never happens to a ${ladder.subject}. Choose another trigger or another subject of the ladder.`;
    return [
      {
        code: 'RUNG_TRIGGER_SUBJECT',
        severity: 'error',
        path: [...path, 'on'],
        values: { rung: key, on, subject: ladder.subject },
        message,
      },
    ];
  }
  if (on === 'followOn' && (after === undefined || !Object.hasOwn(ladder.rungs, after))) {
    const message = `Rung ${key} follows on from "${after ?? ''}", which is no rung of this ladder. Choose an earlier rung.`;
    return [
      {
        code: 'RUNG_UNKNOWN',
        severity: 'error',
        path: [...path, 'after'],
        values: { rung: key, after: after ?? null },
        message,
      },
    ];
  }
  if (!waiting.includes(on) || on === 'pausedTooLong' || (rung.trigger.for && rung.trigger.for.value > 0)) return [];
  const message = `Rung ${key} is triggered by ${on} but does not say after how long. Add "for".`;
  return [{ code: 'RUNG_WITHOUT_WAIT', severity: 'error', path, values: { rung: key, on }, message }];
}
