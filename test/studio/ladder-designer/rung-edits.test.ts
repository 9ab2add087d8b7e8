import { describe, expect, it } from 'vitest';
import type { LadderDocument, Rung, Trigger } from '../../../schemas/ladder.ts';
import { applyEdit, type EditCommand } from '../../../studio/document/engine.ts';
import {
  addRung,
  firstTrigger,
  moveRung,
  removeRung,
  renameRung,
  shiftTrigger,
} from '../../../studio/ladder-designer/rung-edits.ts';
import { rungsOf, triggerInWords } from '../../../studio/ladder-designer/rung-words.ts';
import { loadHousing } from '../../support/configuration.ts';

const { configuration } = loadHousing();
const ladder = configuration.ladder['L-CO'] as LadderDocument;

function ladderAfter(command: EditCommand | undefined): LadderDocument {
  if (!command) throw new Error('expected a command');
  const result = applyEdit({ configuration, layouts: {} }, command);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.content.configuration.ladder['L-CO'] as LadderDocument;
}
const keys = (of: LadderDocument) => rungsOf(of).map(({ key }) => key);

describe('a gesture on a ladder', () => {
  it('adds a rung at the end that tells the owner', () => {
    const { key, command } = addRung(ladder, firstTrigger(ladder, 'followOn'), Object.keys(configuration.template));
    const added = ladderAfter(command).rungs[key];
    expect(keys(ladderAfter(command))).toEqual(['unassigned', 'amber', 'overdue', 'stalled', 'next']);
    expect(added).toMatchObject({ to: ['owner'], channels: ['inApp', 'email'], template: 'stalled' });
    expect(added?.trigger).toMatchObject({ on: 'followOn', after: 'stalled', mode: 'outstanding' });
  });

  it('takes the template of the same name and a key that is free', () => {
    const { key, command } = addRung(ladder, firstTrigger(ladder, 'warning'), Object.keys(configuration.template));
    expect(key).toBe('amber-2');
    expect(ladderAfter(command).rungs['amber-2']?.trigger).toEqual({ on: 'warning' });
  });

  it('deletes a rung in one step: what followed it stays on the ladder, counted from the same point', () => {
    const left = ladderAfter(removeRung(ladder, 'overdue'));
    expect(keys(left)).toEqual(['unassigned', 'amber', 'stalled']);
    expect(left.rungs['stalled']?.trigger).toEqual({ on: 'breached', offset: { value: 2, unit: 'workingDays' } });
  });

  it('lets one of two that wait for each other start from the clock when the other goes', () => {
    const round: LadderDocument = {
      ...ladder,
      rungs: {
        overdue: { ...(ladder.rungs['overdue'] as Rung), trigger: { on: 'followOn', after: 'stalled' } },
        stalled: { ...(ladder.rungs['stalled'] as Rung), trigger: { on: 'followOn', after: 'overdue' } },
      },
    };
    const command = removeRung(round, 'overdue');
    const set = command.type === 'batch' ? command.commands[0] : undefined;
    expect(set).toMatchObject({ path: ['rungs', 'stalled', 'trigger'], value: { on: 'breached' } });
  });

  it('moves a rung one place, and not beyond the ends', () => {
    expect(keys(ladderAfter(moveRung(ladder, 'overdue', -1)))).toEqual(['unassigned', 'overdue', 'amber', 'stalled']);
    expect(moveRung(ladder, 'unassigned', -1)).toBeUndefined();
    expect(moveRung(ladder, 'stalled', 1)).toBeUndefined();
  });

  it('gives a rung another key and lets what follows it follow on', () => {
    const renamed = ladderAfter(renameRung(ladder, 'overdue', 'late'));
    expect(keys(renamed)).toEqual(['unassigned', 'amber', 'late', 'stalled']);
    expect(renamed.rungs['stalled']?.trigger.after).toBe('late');
  });

  it.each<[Trigger, number, string]>([
    [{ on: 'breached' }, 1, '1 working day after the target is exceeded'],
    [{ on: 'breached', offset: { value: 1, unit: 'hours' } }, -1, 'when the target is exceeded'],
    [{ on: 'breached', offset: { value: 1, unit: 'hours' } }, -3, '2 hours before the target is exceeded'],
    [{ on: 'warning', offset: { value: 2, unit: 'hours' } }, 1, '3 hours after the amber warning'],
    [{ on: 'stagnant', for: { value: 1, unit: 'workingDays' } }, -5, 'after 0 working days without activity'],
  ])('shifts %j by %d', (trigger, by, words) => {
    expect(triggerInWords(shiftTrigger(trigger, by))).toBe(words);
  });
});
