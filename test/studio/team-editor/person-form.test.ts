import { describe, expect, it } from 'vitest';
import { fromIsoText } from '../../../studio/document/time-engine.ts';
import { emptyDraft, type PersonDraft, readDraft, toDraft } from '../../../studio/team-editor/person-form.ts';

const zone = 'Europe/London';
const whole: PersonDraft = {
  ...emptyDraft('HOO'),
  id: 'robin',
  name: ' Robin Lee ',
  skills: 'welsh, youth',
  capacity: '12',
  absences: [{ id: 1, from: '2027-03-27', to: '2027-03-28', cover: 'sam', existingWork: 'reassign' }],
};

describe('somebody in the dialog', () => {
  it('is sent as the server takes them: away until the morning after the last day, over a change of clocks', () => {
    const read = readDraft(whole, zone, ['sam']);
    expect(read).toEqual({
      person: {
        name: 'Robin Lee',
        email: null,
        teams: ['HOO'],
        manager: null,
        skills: ['welsh', 'youth'],
        active: true,
      },
      terms: {
        capacity: 12,
        calendar: null,
        absences: [
          {
            from: fromIsoText('2027-03-27T00:00:00Z'),
            // British Summer Time began on Sunday 28.
            to: fromIsoText('2027-03-28T23:00:00Z'),
            cover: 'sam',
            existingWork: 'reassign',
          },
        ],
      },
    });
  });

  it('comes back from the directory as it was put down', () => {
    const read = readDraft(whole, zone, []);
    if (!('person' in read)) throw new Error('expected a whole person');
    const { calendar: _, capacity, absences } = read.terms;
    const user = {
      name: 'Robin Lee',
      teams: ['HOO'],
      skills: ['welsh', 'youth'],
      active: true,
      capacity: capacity ?? 0,
      absences,
    };
    expect(toDraft('robin', user as Parameters<typeof toDraft>[1], zone)).toEqual({ ...whole, name: 'Robin Lee' });
  });

  it.each<[string, Partial<PersonDraft>, object]>([
    ['no name', { name: ' ' }, { name: 'Write a name.' }],
    ['half an address', { email: 'robin@' }, { email: 'Write an address such as robin@example.org.' }],
    ['an id that is taken', { id: 'SAM' }, { id: 'Somebody has this id already.' }],
    ['half a capacity', { capacity: '1x' }, { capacity: 'A whole number, or empty for no limit.' }],
    ['a manager of themselves', { manager: 'robin' }, { manager: 'Nobody is their own manager.' }],
  ])('names %s beside its field', (_, change, expected) => {
    const read = readDraft({ ...whole, ...change }, zone, ['sam']);
    expect('problems' in read ? read.problems : {}).toMatchObject(expected);
  });

  it('names an absence that ends before it begins', () => {
    const absences = [{ id: 7, from: '2027-03-28', to: '2027-03-27', cover: '', existingWork: 'share' as const }];
    const read = readDraft({ ...whole, absences }, zone, []);
    expect('problems' in read ? read.problems.absences : {}).toEqual({ 7: 'The last day comes before the first.' });
  });
});
