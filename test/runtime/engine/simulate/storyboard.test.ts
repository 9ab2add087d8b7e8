import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { compileCalendars } from '../../../../runtime/engine/plan/calendars.ts';
import type { Directory } from '../../../../runtime/engine/run/types.ts';
import { type ScriptedCommand, sampleDirectory } from '../../../../runtime/engine/simulate/case.ts';
import {
  SAMPLE_HOLD,
  SAMPLE_KEY,
  type SampleItem,
  withSampleItem,
} from '../../../../runtime/engine/simulate/sample-item.ts';
import { type Storyboard, tellStory } from '../../../../runtime/engine/simulate/storyboard.ts';
import type { CaseCommand } from '../../../../schemas/case-command.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { type LadderDocument, LadderDocument as LadderShape } from '../../../../schemas/ladder.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const people = sampleDirectory(configuration);

/** Five working days with a warning one working day before, owned by the one housing options officer. */
const letter: SampleItem = {
  title: 'Write the letter',
  sla: { target: { value: 5, unit: 'workingDays' }, amber: { before: { value: 1, unit: 'workingDays' } } },
  calendar: 'england-and-wales',
  owner: 'hoo-1',
  team: 'HOO',
};

interface Told {
  item?: SampleItem;
  commands?: readonly (readonly [at: string, command: CaseCommand])[];
  directory?: Directory;
  until?: string;
  from?: Configuration;
}

function tell(
  ladder: LadderDocument,
  start: string,
  { item = letter, commands = [], directory = people, until, from = configuration }: Told = {},
) {
  const startedAt = fromIsoText(start);
  return tellStory(withSampleItem(from, ladder, item), SAMPLE_KEY, calendars, {
    startedAt,
    until: until === undefined ? startedAt + 60 * 86_400 : fromIsoText(until),
    commands: commands.map(([at, command]): ScriptedCommand => ({ at: fromIsoText(at), actor: 'hoo-1', command })),
    directory,
  });
}

const standard = configuration.ladder['L-STD'] as LadderDocument;

/** `rung who leaves`, one line a person, by e-mail alone. */
function mails({ messages }: Storyboard): string[] {
  return messages
    .filter(({ channel }) => channel === 'email')
    .map(({ rung, to, leavesAt, dropped }) => `${rung} ${to} ${leavesAt === null ? dropped : toIsoText(leavesAt)}`);
}

describe('the storyboard of the standard ladder', () => {
  // 25 December 2026 is a Friday, Monday 28 stands in for Boxing Day, and 1 January 2027 is a Friday.
  // Day 0 is Thursday 17: Fri 18, Mon 21, Tue 22, Wed 23, Thu 24 = five working days, close of business 17:00.
  it('tells of a task that nobody touches over Christmas: every message with its date and reader', () => {
    const story = tell(standard, '2026-12-17T10:00:00Z');
    expect(mails(story)).toEqual([
      'amber hoo-1 2026-12-23T17:00:00Z',
      'overdue hoo-1 2026-12-24T17:00:00Z',
      'overdue tl-1 2026-12-24T17:00:00Z',
      // Two working days on: Tue 29, Wed 30.
      'stalled sm-1 2026-12-30T17:00:00Z',
      // Five on: Tue 29, Wed 30, Thu 31, Mon 4, Tue 5; then every five, three in all.
      'stalled-final hos-1 2027-01-05T17:00:00Z',
      'stalled-final service-board-1 2027-01-05T17:00:00Z',
      'stalled-final hos-1 2027-01-12T17:00:00Z',
      'stalled-final service-board-1 2027-01-12T17:00:00Z',
      'stalled-final hos-1 2027-01-19T17:00:00Z',
      'stalled-final service-board-1 2027-01-19T17:00:00Z',
    ]);
    expect(story.entries.at(-1)).toMatchObject({
      at: fromIsoText('2027-01-19T17:00:00Z'),
      text: 'The escalation of "Write the letter" is exhausted: no rung is left.',
    });
    expect(story.refused).toEqual([]);
    expect(story.storms).toEqual([]);
  });

  it('renders each message in the words of its template', () => {
    const [first] = tell(standard, '2026-12-17T10:00:00Z').messages.filter(({ channel }) => channel === 'email');
    expect(first).toMatchObject({
      rung: 'amber',
      occurrence: 1,
      template: 'amber',
      toName: 'Housing options officer 1',
      subject: 'Amber warning: Write the letter',
      text: 'Dear Housing options officer 1,\n\nWrite the letter for case SAMPLE-0001 (Write the letter) is due Thu 24 Dec 2026, 17:00.\n\nOpen the case: /studio/cases/sample\n',
      failed: null,
    });
  });

  it('moves the dates by a pause: the days that count stand still', () => {
    const story = tell(standard, '2026-12-17T10:00:00Z', {
      commands: [
        ['2026-12-21T12:00:00Z', { type: 'holdTask', task: SAMPLE_KEY, reason: SAMPLE_HOLD }],
        // Mon 21 to Tue 29 do not count; Fri 18 did. Wed 30, Thu 31, Mon 4, Tue 5 are the other four.
        ['2026-12-29T18:00:00Z', { type: 'resumeTask', task: SAMPLE_KEY }],
      ],
      until: '2027-01-06T00:00:00Z',
    });
    expect(mails(story)).toEqual([
      'amber hoo-1 2027-01-04T17:00:00Z',
      'overdue hoo-1 2027-01-05T17:00:00Z',
      'overdue tl-1 2027-01-05T17:00:00Z',
    ]);
  });

  it('says nothing more once the task is complete', () => {
    const commands: Told['commands'] = [['2026-12-24T10:00:00Z', { type: 'completeTask', task: SAMPLE_KEY }]];
    expect(mails(tell(standard, '2026-12-17T10:00:00Z', { commands }))).toEqual(['amber hoo-1 2026-12-23T17:00:00Z']);
  });

  it('tells the cover of who is away, and the fallback where nobody covers', () => {
    const users = structuredClone(people.users) as Record<
      string,
      { -readonly [K in keyof Directory['users'][string]]: Directory['users'][string][K] }
    >;
    const away = { from: fromIsoText('2026-12-24T00:00:00Z'), to: fromIsoText('2027-01-02T00:00:00Z') };
    if (users['tl-1']) users['tl-1'].absences = [{ ...away, cover: 'aah-1' }];
    if (users['sm-1']) users['sm-1'].absences = [away];
    users['aah-1'] = { name: 'Cover', teams: [], active: true };
    const story = tell(standard, '2026-12-17T10:00:00Z', { directory: { users }, until: '2027-01-01T00:00:00Z' });
    expect(mails(story)).toEqual([
      'amber hoo-1 2026-12-23T17:00:00Z',
      'overdue hoo-1 2026-12-24T17:00:00Z',
      'overdue aah-1 2026-12-24T17:00:00Z',
      'stalled aah-1 2026-12-30T17:00:00Z',
    ]);
    expect(story.messages.find(({ rung, to }) => rung === 'overdue' && to === 'aah-1')?.coverFor).toBe('Team leader 1');
  });

  it('names a rung that reaches nobody', () => {
    const alone: Directory = { users: { 'hoo-1': { name: 'Robin', teams: ['HOO'], active: true } } };
    const story = tell(standard, '2026-12-17T10:00:00Z', { directory: alone });
    expect(
      story.firings
        .filter(({ recipients }) => recipients.length === 0)
        .map(({ rung, at }) => `${rung} ${toIsoText(at)}`)
        .slice(0, 2),
    ).toEqual(['stalled 2026-12-30T17:00:00Z', 'stalled-final 2027-01-05T17:00:00Z']);
  });
});

/** A ladder of one rung at the breach, with changes to it and to the ladder. */
function oneRung(rung: Record<string, unknown>, ladder: Record<string, unknown> = {}): LadderDocument {
  return LadderShape.parse({
    kind: 'ladder',
    format: 1,
    key: 'ONE',
    title: 'One',
    subject: 'task',
    ack: { holdFor: { value: 8, unit: 'hours' } },
    fallback: ['role:TL'],
    ...ladder,
    rungs: {
      late: {
        order: 1,
        trigger: { on: 'breached' },
        to: ['owner'],
        channels: ['email'],
        template: 'overdue',
        actions: [],
        ...rung,
      },
    },
  });
}

const emergency: SampleItem = { ...letter, calendar: '24x7', sla: { target: { value: 24, unit: 'hours' } } };

describe('the storyboard of messages', () => {
  it('holds what is not urgent until the office opens after Christmas, and sends what is at once (N11)', () => {
    const start = '2026-12-24T03:00:00Z';
    // Due on Christmas Day 03:00; the office opens on Tuesday 29 at 08:00.
    expect(mails(tell(oneRung({}), start, { item: emergency }))).toEqual(['late hoo-1 2026-12-29T08:00:00Z']);
    expect(mails(tell(oneRung({ urgent: true }), start, { item: emergency }))).toEqual([
      'late hoo-1 2026-12-25T03:00:00Z',
    ]);
  });

  it('drops a message that waited while the task was completed (E8)', () => {
    const commands: Told['commands'] = [['2026-12-25T09:00:00Z', { type: 'completeTask', task: SAMPLE_KEY }]];
    const story = tell(oneRung({}), '2026-12-24T03:00:00Z', { item: emergency, commands });
    expect(mails(story)).toEqual(['late hoo-1 closed']);
  });

  it('makes a digest of a storm, and counts it (D7)', () => {
    const rung = {
      order: 1,
      trigger: { on: 'breached' },
      to: ['owner'],
      channels: ['email'],
      template: 'overdue',
      actions: [],
    };
    // Four messages of four cases would be a storm; in one case repeats by the minute make one.
    const ladder = LadderShape.parse({
      ...oneRung({}),
      calendar: '24x7',
      rungs: { late: { ...rung, repeat: { every: { value: 1, unit: 'minutes' }, max: 8 }, urgent: false } },
    });
    const story = tell(ladder, '2026-12-21T10:00:00Z', { item: emergency });
    const digests = story.messages.filter(({ digest }) => digest !== null);
    // Due on Tuesday 22 at 10:00: 10:00 to 10:02 go by themselves; 10:03 and 10:04 wait for the end of the first one's five minutes.
    expect(digests.map(({ createdAt, leavesAt }) => [toIsoText(createdAt), toIsoText(leavesAt ?? 0)])).toEqual([
      ['2026-12-22T10:03:00Z', '2026-12-22T10:05:00Z'],
      ['2026-12-22T10:04:00Z', '2026-12-22T10:05:00Z'],
    ]);
    expect(story.storms).toHaveLength(1);
  });

  it('asks a rung its condition, unless told how it comes out (E16)', () => {
    const ladder = oneRung({ when: { op: 'is', of: { caseField: 'stage' }, value: 'never' } });
    expect(mails(tell(ladder, '2026-12-17T10:00:00Z', { item: { ...letter, assumed: { late: true } } }))).toHaveLength(
      1,
    );
    expect(mails(tell(ladder, '2026-12-17T10:00:00Z', { item: { ...letter, assumed: { late: false } } }))).toEqual([]);
  });

  it('says of a command that is refused why', () => {
    const commands: Told['commands'] = [['2026-12-18T10:00:00Z', { type: 'resumeTask', task: SAMPLE_KEY }]];
    const [refused] = tell(standard, '2026-12-17T10:00:00Z', { commands }).refused;
    expect(refused?.command).toBe('resumeTask');
    expect(refused?.reason).not.toBe('');
  });

  it('tells the story of a case and of a statutory clock', () => {
    const onCase = tell({ ...standard, subject: 'case' }, '2026-12-17T10:00:00Z');
    expect(mails(onCase)).toEqual(mails(tell(standard, '2026-12-17T10:00:00Z')));
    const duty: SampleItem = {
      ...letter,
      title: 'Duty',
      sla: { target: { value: 56, unit: 'calendarDays', dayOne: 'same', dueAt: 'endOfDay' } },
    };
    const clock = tell(configuration.ladder['L-CLOCK'] as LadderDocument, '2026-11-23T10:00:00Z', {
      item: duty,
      until: '2027-01-20T00:00:00Z',
    });
    // Day one is Mon 23 November, so day 56 is Sun 17 January; 14 and 3 days before are 3 and 14 January, at 24:00. The
    // end and what waits for the office leave on Monday 18 at 08:00, the first repeat at the end of that day.
    expect(mails(clock)).toEqual([
      'statutory-14 hoo-1 2027-01-04T08:00:00Z',
      'statutory-3 tl-1 2027-01-15T08:00:00Z',
      'statutory-3 sm-1 2027-01-15T08:00:00Z',
      'statutory-breach hos-1 2027-01-18T08:00:00Z',
      'statutory-breach legal-1 2027-01-18T08:00:00Z',
      'statutory-breach-repeat hos-1 2027-01-18T17:00:00Z',
      'statutory-breach-repeat hos-1 2027-01-19T17:00:00Z',
    ]);
  });
});

describe('the storyboard of a whole workflow', () => {
  it('tells who hears what when nobody touches a homelessness case for 60 days', () => {
    const startedAt = fromIsoText('2026-12-17T10:00:00Z');
    const story = tellStory(configuration, 'HP', calendars, {
      startedAt,
      until: startedAt + 60 * 86_400,
      directory: people,
    });
    expect(story.refused).toEqual([]);
    expect(story.messages.length).toBeGreaterThan(5);
    expect(story.messages.every(({ failed, text }) => failed === null && text !== '')).toBe(true);
  });
});
