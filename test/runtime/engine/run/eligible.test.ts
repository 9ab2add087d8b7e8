import { describe, expect, it } from 'vitest';
import { givenBy } from '../../../../runtime/engine/allocate/allocations-in.ts';
import type { DirectoryUser } from '../../../../runtime/engine/run/types.ts';
import { DAY, HOUR, launchedCase, MONDAY, staff } from './drawing.ts';

const toOfficers = (more: object = {}) => ({ s: { order: 1, to: { by: 'leastLoaded', team: 'officers' }, ...more } });
/** Four hours, amber after two: begun on Monday at 10:00 it turns amber at 12:00. */
const sla = { target: { value: 4, unit: 'hours' }, amber: { percent: 50 } };

function directory(changes: Record<string, Partial<DirectoryUser>>) {
  const users = Object.entries(staff.users).map(([id, person]) => [id, { ...person, ...changes[id] }] as const);
  return { directory: { users: Object.fromEntries(users) } };
}

describe('whoever is away before the work turns amber', () => {
  const A = { task: { sla, ownerRules: toOfficers({ presence: 'untilAmber' }) } };
  const away = (from: number) => directory({ amira: { absences: [{ from, to: MONDAY + 5 * DAY }] } });

  it('is not given it; away from the amber on, they are (L3)', () => {
    const owner = (from: number) => launchedCase({ nodes: { A } }, away(from)).state.tasks['A']?.owner;
    expect([owner(MONDAY + 2 * HOUR - 1), owner(MONDAY + 2 * HOUR)]).toEqual(['ben', 'amira']);
  });

  it('loses it when it opens so late that it turns amber without them (L11)', () => {
    // Amira has A already; Ben is away from Tuesday 11:00, after C would turn amber if it began now.
    const player = launchedCase(
      { nodes: { A: { task: { ownerRules: toOfficers(), weight: 2 } }, C: A }, links: ['A>C'] },
      directory({ ben: { absences: [{ from: MONDAY + DAY + HOUR, to: MONDAY + 5 * DAY }] }, cara: { active: false } }),
    );
    expect(player.state.tasks['C']?.owner).toBe('ben');
    player.send(MONDAY + DAY, { type: 'completeTask', task: 'A' });
    // Opened on Tuesday at 10:00 it turns amber at 12:00; Ben is away from 11:00.
    expect(player.state.tasks['C']?.owner).toBe('amira');
  });
});

describe('capacity', () => {
  const nodes = Object.fromEntries(
    ['A', 'B', 'C'].map((key) => [key, { task: { ownerRules: toOfficers(), weight: 2 } }]),
  );
  const limited = directory({ amira: { capacity: 2 }, ben: { capacity: 3 }, cara: { active: false } });
  const owners = ({ state }: ReturnType<typeof launchedCase>) => Object.values(state.tasks).map(({ owner }) => owner);

  it('is counted within one case, and what nobody can carry waits in the queue (L3, L6)', () => {
    const player = launchedCase({ nodes }, limited);
    expect(owners(player)).toEqual(['amira', 'ben', null]);
    expect(player.state.tasks['C']?.group).toBe('officers');
    expect(player.events.flatMap(givenBy).at(-1)).toMatchObject({
      explanation: {
        none: true,
        excluded: [
          { user: 'amira', why: 'at capacity: 2 of 2' },
          { user: 'ben', why: 'at capacity: 2 of 3' },
          { user: 'cara', why: 'not active' },
        ],
      },
    });
  });

  it('refuses what is handed to somebody who is full, and lets them take work themselves (L3, L8, L10)', () => {
    const player = launchedCase({ nodes: { A: {} } }, limited);
    player.env = { ...player.env, loads: { amira: 2 } };
    const give = { type: 'reassignTask', task: 'A', to: 'amira', reason: 'x' } as const;
    expect(player.refused(MONDAY, give, 'ben')).toMatchObject({ code: 'NOT_ELIGIBLE' });
    player.send(MONDAY, { type: 'claimTask', task: 'A' }, 'amira');
    expect(player.state.tasks['A']?.owner).toBe('amira');
  });

  it('does not take a task from whoever has it when it opens (L11)', () => {
    const fixed = { s: { order: 1, to: { by: 'user', user: 'amira' } } };
    const drawn = { nodes: { A: {}, B: { task: { ownerRules: fixed } } }, links: ['A>B'] };
    const player = launchedCase(drawn, directory({ amira: { capacity: 1 } }));
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(player.state.tasks['B']).toMatchObject({ life: 'ready', owner: 'amira' });
  });
});
