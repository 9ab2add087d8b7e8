import { describe, expect, it } from 'vitest';
import { findEmptyTeams } from '../../../../runtime/engine/index.ts';
import { alteredHousing, loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const person = (teams: string[], active = true) => ({ name: 'A', teams, active });
const everybody = { all: person(Object.keys(configuration.team)) };
const without = (team: string) => ({
  users: { all: person(Object.keys(configuration.team).filter((one) => one !== team)) },
});

describe('a role that nobody holds', () => {
  it('is found with the tasks and ladders that turn to it', () => {
    const [found, ...others] = findEmptyTeams(configuration, without('MONEY'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'TEAM_EMPTY', document: 'team/MONEY', values: { places: ['HP07', 'SA04'] } });
    expect(findEmptyTeams(configuration, without('SM'))[0]?.values['places']).toEqual(
      expect.arrayContaining(['RV02', 'L-STD', 'L-STAT', 'L-CLOCK', 'L-EMG']),
    );
  });

  it('is held by one active member, and by nobody who has left', () => {
    const { users } = without('LEGAL');
    expect(findEmptyTeams(configuration, { users: { ...users, last: person(['LEGAL']) } })).toEqual([]);
    const gone = { users: { ...users, last: person(['LEGAL'], false) } };
    expect(findEmptyTeams(configuration, gone).map(({ document }) => document)).toEqual(['team/LEGAL']);
  });

  it('says nothing of teams that nobody asks for, or while nobody is in any team', () => {
    expect(findEmptyTeams(configuration, { users: { admin: person([]) } })).toEqual([]);
    const unasked = alteredHousing((copy) => {
      const money = copy.team['MONEY'];
      if (money) copy.team['SPARE'] = { ...structuredClone(money), key: 'SPARE', title: 'Spare' };
    });
    expect(findEmptyTeams(unasked, { users: everybody })).toEqual([]);
  });

  it('covers those by whom work is allocated: in turn, by load and from a queue', () => {
    for (const [team, asking] of [
      ['HOO', 'HP03'],
      ['TSO', 'SP03'],
      ['CRO', 'CO05'],
    ] as const)
      expect(findEmptyTeams(configuration, without(team))[0]?.values['places']).toContain(asking);
  });
});
