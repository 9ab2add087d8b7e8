import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type TestService } from '../support/service.ts';

let test: TestService;
beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

const robin = {
  name: 'Robin Lee',
  email: 'robin@example.org',
  teams: ['HOO'],
  manager: null,
  skills: ['welsh'],
  active: true,
};
const put = (user: string, change: object = {}) => test.call('PUT', `/v1/directory/${user}`, { ...robin, ...change });
const known = async () => (await test.call('GET', '/v1/directory')).body.users as Record<string, object>;

describe('the people of the directory', () => {
  it('takes somebody in, who is then given work and written to', async () => {
    expect((await put('robin')).status).toBe(200);
    expect((await known())['robin']).toEqual({
      name: 'Robin Lee',
      email: 'robin@example.org',
      teams: ['HOO'],
      skills: ['welsh'],
      absences: [],
      active: true,
    });
  });

  it('changes who they are and leaves when they are away and how much they carry', async () => {
    const terms = { absences: [{ from: 1_900_000_000, to: 1_900_086_400 }], capacity: 9, calendar: null };
    expect((await test.call('PUT', '/v1/directory/robin/working-terms', terms)).status).toBe(200);
    await put('sam', { name: 'Sam' });
    expect((await put('robin', { teams: ['TL'], manager: 'sam', active: false })).status).toBe(200);
    const { absences, capacity } = terms;
    expect((await known())['robin']).toMatchObject({
      absences,
      capacity,
      teams: ['TL'],
      manager: 'sam',
      active: false,
    });
  });

  it.each([
    ['nobody manages themselves', 'robin', { manager: 'robin' }, 'MANAGES_THEMSELVES'],
    ['a manager is known', 'robin', { manager: 'ghost' }, 'UNKNOWN_USER'],
    ['an id differs by more than case', 'ROBIN', {}, 'USER_TWICE'],
  ])('%s', async (_, user, change, code) => {
    const reply = await put(user, change);
    expect([reply.status, reply.body.code]).toEqual([422, code]);
  });
});
