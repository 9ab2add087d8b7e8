import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
  const { organisation } = test.service;
  const { configuration } = await organisation.releases.newest();
  const [rule] = Object.values(configuration.workflow['HP']?.ownerRules ?? {});
  const team = rule?.to.by === 'roundRobin' ? rule.to.team : '';
  const officer = (id: string) => ({
    sql: "INSERT INTO directory_users (id, name, teams, skills, active, absences) VALUES (?, ?, ?, '[]', 1, '[]')",
    args: [id, id, JSON.stringify([team])],
  });
  await organisation.database.batch([
    { sql: "UPDATE directory_users SET teams = '[]' WHERE teams LIKE ?", args: [`%"${team}"%`] },
    ...['ann', 'ben', 'cat'].map(officer),
  ]);
  organisation.refresh();
}, 60_000);
afterAll(() => test.close());

async function launch(): Promise<string> {
  const answers = await answersFor(test.service, 'HP-01');
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
  return body.caseId;
}

const query = (sql: string) => test.service.organisation.database.query(sql);

describe('allocation in turn', () => {
  it('gives the cases that come at once to one officer after the other, and the turn is a guarded stream (L4)', async () => {
    const cases = await Promise.all(Array.from({ length: 7 }, launch));
    const owners = await query(
      "SELECT owner, COUNT(*) AS n FROM cases WHERE workflow = 'HP' GROUP BY owner ORDER BY owner",
    );
    expect(owners.map(({ owner, n }) => [owner, Number(n)])).toEqual([
      ['ann', 3],
      ['ben', 2],
      ['cat', 2],
    ]);
    const [stream] = await query("SELECT kind, revision FROM streams WHERE id LIKE 'allocation:workflow/HP/%'");
    expect([stream?.kind, Number(stream?.revision)]).toEqual(['allocation', cases.length]);
    const [cursor] = await query("SELECT last_user FROM allocation_cursors WHERE team LIKE 'workflow/HP/%'");
    expect(cursor?.last_user).toBe('ann');
  });

  it('keeps why somebody was chosen: rule, candidates and the turn before (L9)', async () => {
    const events = await readEvents(test.service.organisation, await launch());
    const allocated = events.find(({ type, payload }) => type === 'allocated' && payload.item === 'case:');
    expect(allocated?.payload).toMatchObject({
      owner: 'ben',
      explanation: { by: 'roundRobin', candidates: ['ann', 'ben', 'cat'], cursor: 'ann', chosen: 'ben' },
    });
  });
});

describe('the page of a case', () => {
  it('says in words how the dates of the case and its tasks follow', async () => {
    const { body } = await test.call('GET', `/v1/cases/${await launch()}`);
    expect(body.explanations['case:'].completion).toMatch(
      /^84 calendar days from Mon 23 Nov 2026; = Mon 15 Feb 2027 .*version \d+$/,
    );
    const tasks = Object.keys(body.explanations).filter((item) => item.startsWith('task:'));
    expect(tasks).toContain('task:HP01');
  });
});
