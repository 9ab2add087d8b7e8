import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  compileCalendars,
  type EditCommand,
  findWorstStart,
  moveBarFinish,
  moveBarStart,
  planTimeline,
  planWorkflow,
  shippedBankHolidays,
  whatMoves,
} from '../../../../runtime/engine/index.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration: housing } = loadHousing();
const calendars = compileCalendars(housing, shippedBankHolidays);

function timelineOf(configuration: typeof housing, key: string, start: string) {
  const planned = planTimeline(configuration, key, start, calendars);
  if (!planned.ok) throw new Error(`expected ${key} to be planned`);
  return planned.timeline;
}

function edited(command: EditCommand) {
  const result = applyEdit({ configuration: housing, layouts: {} }, command);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.content.configuration;
}

const held = (node: string) => ({ workflow: 'HP', node, start: '2027-01-04' });

describe('the timeline of a plan', () => {
  it('has the dates, floats and path of the plan itself, for every workflow', () => {
    for (const key of Object.keys(housing.workflow)) {
      const planned = planWorkflow(housing, key, '2027-01-04', calendars);
      const timeline = timelineOf(housing, key, '2027-01-04');
      if (!planned.ok) throw new Error(`expected ${key} to be planned`);
      expect(timeline.finish).toBe(planned.plan.finish);
      expect(timeline.criticalPath).toEqual(planned.plan.criticalPath);
      for (const [task, { start, finish, float, critical, nearCritical }] of Object.entries(planned.plan.tasks))
        expect(timeline.bars[task]).toMatchObject({ start, finish, float, critical, nearCritical });
    }
  });

  it('says what holds a bar, how late it may be and how far it slips without moving anything', () => {
    const { bars, leftOut } = timelineOf(housing, 'HP', '2027-01-04');
    // HP10 follows HP09 by 7 days and leads to HP13, which waits for HP12 until 4 March.
    expect(bars['HP10']).toMatchObject({
      heldBy: ['HP09-HP10'],
      start: '2027-02-19',
      finish: '2027-02-26',
      latestFinish: '2027-03-04',
      float: 4,
      freeFloat: 4,
    });
    // HP04 holds HP05 back at once, though the end does not move for three days.
    expect(bars['HP04']).toMatchObject({ float: 3, freeFloat: 0 });
    expect(bars['HP01']?.heldBy).toEqual([]);
    expect(leftOut).toEqual(['HP11']);
  });

  it('draws the case target and each clock from where it starts', () => {
    const { targets } = timelineOf(housing, 'HP', '2027-01-04');
    expect(targets.map(({ clock, after, dueOn, slackDays }) => [clock, after, dueOn, slackDays])).toEqual([
      [null, null, '2027-03-29', 20],
      ['HP-DUTY', 'HP03', '2027-03-10', 1],
      ['HP-REVIEW', 'HP03', '2027-02-03', null],
      ['HP-REVIEW', 'HP13', '2027-03-29', null],
    ]);
  });

  it('moves a start by the lag of its link and says what moves with it', () => {
    const gesture = moveBarStart(housing, held('HP05'), '2027-01-25', calendars);
    expect(gesture).toEqual({
      ok: true,
      command: {
        type: 'setLag',
        workflow: 'HP',
        link: 'HP04-HP05',
        lag: { value: 2, unit: 'workingDays', basis: 'working' },
      },
    });
    if (!gesture.ok) return;
    const moves = whatMoves(
      timelineOf(housing, 'HP', '2027-01-04'),
      timelineOf(edited(gesture.command), 'HP', '2027-01-04'),
    );
    expect(moves.finish).toEqual(['2027-03-09', '2027-03-09']);
    expect(moves.moved.map(({ key }) => key)).toEqual(['HP05', 'HP08', 'HP09', 'HP10']);
    expect(moves.moved[0]).toEqual({
      key: 'HP05',
      start: ['2027-01-21', '2027-01-25'],
      finish: ['2027-01-26', '2027-01-28'],
    });
  });

  it('keeps the unit of the lag it changes, and takes a lag of nothing away', () => {
    const later = moveBarStart(housing, held('HP12'), '2027-02-27', calendars);
    expect(later.ok && later.command).toMatchObject({ lag: { value: 44, unit: 'calendarDays', basis: 'elapsed' } });
    const atOnce = moveBarStart(housing, held('HP12'), '2027-01-14', calendars);
    expect(atOnce.ok && atOnce.command).toEqual({ type: 'setLag', workflow: 'HP', link: 'HP03-HP12' });
  });

  it('shortens every link that holds a start when it moves earlier', () => {
    // Without the wait of HP12, both HP10 and HP12 could be made to end on the same day.
    const tied = edited({
      type: 'setLag',
      workflow: 'HP',
      link: 'HP10-HP13',
      lag: { value: 4, unit: 'workingDays', basis: 'working' },
    });
    expect(timelineOf(tied, 'HP', '2027-01-04').bars['HP13']?.heldBy).toEqual(['HP12-HP13', 'HP10-HP13']);
    const gesture = moveBarStart(tied, held('HP13'), '2027-03-02', calendars);
    expect(gesture.ok && gesture.command.type).toBe('batch');
    if (!gesture.ok) throw new Error(gesture.reason);
    const earlier = applyEdit({ configuration: tied, layouts: {} }, gesture.command);
    if (!earlier.ok) throw new Error(earlier.refusal.message);
    expect(timelineOf(earlier.content.configuration, 'HP', '2027-01-04').bars['HP13']?.start).toBe('2027-03-02');
  });

  it('moves an end by the estimate of the node, and only of a task', () => {
    const gesture = moveBarFinish(housing, held('HP05'), '2027-01-29', calendars);
    const six = { value: 6, unit: 'workingDays' };
    expect(gesture.ok && gesture.command).toEqual({
      type: 'setNodeField',
      workflow: 'HP',
      node: 'HP05',
      field: 'estimate',
      value: { minimum: six, likely: six, maximum: six },
    });
    if (gesture.ok)
      expect(timelineOf(edited(gesture.command), 'HP', '2027-01-04').bars['HP05']).toMatchObject({
        start: '2027-01-21',
        finish: '2027-01-29',
        lengthBy: 'estimate',
      });
  });

  it('refuses what no lag can move, with the reason', () => {
    expect(moveBarStart(housing, held('HP01'), '2027-01-11', calendars)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('starts with the case'),
    });
    expect(moveBarStart(housing, held('HP11'), '2027-01-11', calendars)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('left out of the plan'),
    });
  });

  it('finds the worst start of a year and names the closures that make it so', () => {
    const worst = findWorstStart(housing, 'RG', 2027, calendars);
    expect(worst).toMatchObject({ start: '2027-11-26', finish: '2028-01-10', lengthDays: 45, missed: null });
    expect(worst?.closures.map(({ on }) => on)).toEqual(['2027-12-27', '2027-12-28', '2028-01-03']);
    expect(worst?.because).toMatch(/^The worst start of 2027 is Fri 26 Nov 2027/);
  });
});
