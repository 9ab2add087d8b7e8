import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { compileCalendars } from '../../../../runtime/engine/plan/calendars.ts';
import { toClockViews } from '../../../../runtime/engine/run/rows.ts';
import { playCase, sampleDirectory } from '../../../../runtime/engine/simulate/case.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const directory = sampleDirectory(configuration);
const at = (text: string) => Date.parse(text) / 1000;

/** A prevention case whose assessment (HP03) is done on Mon 4 Jan 2027 and that is then left alone. */
function leftAlone(until: string) {
  const done = ['HP01', 'HP02', 'HP03'].map((task, hour) => ({
    at: at('2027-01-04T11:00:00Z') + hour * 600,
    actor: 'officer',
    command: { type: 'completeTask' as const, task, ...outcomeOf(task) },
  }));
  const commands = [
    { at: at('2027-01-04T10:00:00Z'), actor: 'officer', command: { type: 'launch' as const, answers: {} } },
    ...done,
  ];
  const bundle = compileWorkflow({ configuration }, 'HP');
  return { bundle, ...playCase(bundle, calendars, { answers: {}, commands, directory, until: at(until) }) };
}

function outcomeOf(task: string) {
  const [outcome] = Object.keys(configuration.task[task]?.outcomes ?? {});
  return outcome ? { outcome } : {};
}

describe('the end of a statutory clock', () => {
  it('is a right that ran out, not a breach, where it contains no task', () => {
    // 21 days beginning with 4 January 2027: the last is Sunday 24 January.
    const { state, events, bundle } = leftAlone('2027-02-01T12:00:00Z');
    const review = state && toClockViews(state).find(({ key }) => key === 'HP-REVIEW');
    expect(review).toMatchObject({ outcome: 'lapsed', breachedAt: null });
    const about = events.filter(({ payload }) => JSON.stringify(payload).includes('HP-REVIEW'));
    expect(about.filter(({ type }) => type === 'slaBreached')).toEqual([]);
    expect(about.find(({ type }) => type === 'clockEnded')).toMatchObject({ effectiveAt: at('2027-01-25T00:00:00Z') });
    expect(caseTimeline(bundle, events).map(({ text }) => text)).toContainEqual(
      'The statutory clock "Right to ask for a review, 21 days" ran out.',
    );
  });

  it('tells the owner of the case that a right ran out, once, and nobody of a breach', () => {
    const { events } = leftAlone('2027-02-20T12:00:00Z');
    const rungs = events.flatMap((event) =>
      event.type === 'rungFired' && event.payload.item.includes('HP-REVIEW') ? [event.payload.rung] : [],
    );
    expect(rungs).toEqual(['window-3', 'window-end']);
  });

  it('is a breach where the tasks it must contain are open', () => {
    // 56 days beginning with 4 January 2027: the last is 28 February.
    const { state, events } = leftAlone('2027-03-10T12:00:00Z');
    const duty = state && toClockViews(state).find(({ key }) => key === 'HP-DUTY');
    expect(duty).toMatchObject({ outcome: 'open', breachedAt: at('2027-03-01T00:00:00Z') });
    const breach = events.find(
      ({ type, payload }) => type === 'slaBreached' && JSON.stringify(payload).includes('DUTY'),
    );
    expect(breach).toMatchObject({ effectiveAt: at('2027-03-01T00:00:00Z') });
  });

  it('is a breach where the drawing says so although it contains no task', () => {
    const bundle = compileWorkflow({ configuration }, 'HR');
    expect(Object.fromEntries(Object.values(bundle.clocks).map(({ key, endIs }) => [key, endIs]))).toEqual({
      'HR-RELIEF': 'lapse',
      'HR-BB': 'breach',
    });
  });
});
