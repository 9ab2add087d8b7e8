import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { compileCalendars } from '../../../../runtime/engine/plan/calendars.ts';
import { replay } from '../../../../runtime/engine/run/evolve.ts';
import { playCase, sampleDirectory } from '../../../../runtime/engine/simulate/case.ts';
import type { TaskDocument } from '../../../../schemas/task.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const directory = sampleDirectory(configuration);
const start = Date.parse('2027-01-04T10:00:00Z') / 1000;

/** A value for every mandatory field. */
function filledIn(fields: TaskDocument['fields']): Record<string, string | number> {
  const mandatory = Object.entries(fields).filter(([, field]) => field.mandatory);
  return Object.fromEntries(
    mandatory.map(([key, { type }]) => [key, ['number', 'money'].includes(type) ? 1 : 'as it was']),
  );
}

describe.each(Object.keys(configuration.workflow))('the shipped workflow %s', (key) => {
  it('is lived from launch to close: every task that opens is completed, and the history replays', () => {
    const bundle = compileWorkflow({ configuration }, key);
    const commands: Parameters<typeof playCase>[2]['commands'][number][] = [
      { at: start, actor: 'officer', command: { type: 'launch', answers: {} } },
    ];
    let played = playCase(bundle, calendars, { answers: {}, commands, directory });
    for (let at = start; at < start + 2 * 365 * 86_400; at += 86_400) {
      const open = Object.values(played.state?.tasks ?? {}).filter(({ life }) => life === 'ready');
      if (open.length === 0 && !Object.values(played.state?.tasks ?? {}).some(({ life }) => life === 'pending')) break;
      for (const { id, node } of open) {
        const { outcomes = {}, fields = {} } = bundle.tasks[node]?.task ?? {};
        const [outcome] = Object.keys(outcomes);
        commands.push({
          at,
          actor: 'officer',
          command: { type: 'completeTask', task: id, ...(outcome ? { outcome } : {}), fields: filledIn(fields) },
        });
      }
      if (open.length > 0 || at % (7 * 86_400) < 86_400)
        played = playCase(bundle, calendars, { answers: {}, commands, directory, until: at + 86_400 });
    }
    const last = commands.at(-1)?.at ?? start;
    // A drawing with an end node closes by itself.
    if (played.state?.status === 'open')
      commands.push({ at: last + 86_400, actor: 'officer', command: { type: 'closeCase' } });
    played = playCase(bundle, calendars, { answers: {}, commands, directory });
    expect(played.refused).toEqual([]);
    expect(played.state?.status).toBe('closed');
    expect(replay(JSON.parse(JSON.stringify(played.events)))).toEqual(JSON.parse(JSON.stringify(played.state)));
    const told = caseTimeline(bundle, played.events).map(({ text }) => text);
    expect(told.filter((text) => text.startsWith('The case was closed'))).toHaveLength(1);
  }, 60_000);
});
