import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../../../runtime/service/operations/incidents.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let opened: TestService;
let caseId: string;

beforeAll(async () => {
  opened = await openTestService();
  const answers = await answersFor(opened.service, 'HP-01');
  const { body } = await opened.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'A' } });
  caseId = body.caseId;
}, 60_000);
afterAll(() => opened.close());

const database = () => opened.service.organisation.database;

describe('the metrics', () => {
  it('count requests by route, and show timers, outbox and cases', async () => {
    await opened.call('GET', `/v1/cases/${caseId}`);
    const { status, body } = await opened.call('GET', '/metrics');
    expect(status).toBe(200);
    expect(body).toMatch(/lintel_http_requests_total\{method="GET",route="\/v1\/cases\/:id",status="200"\} \d/);
    for (const name of [
      'lintel_timers_due',
      'lintel_outbox_lag_seconds',
      'lintel_cases_open{sla="onTrack"} 1',
      'lintel_commit_commands',
    ])
      expect(body).toContain(name);
  });

  it('are not for everybody', async () => {
    expect((await opened.app.request('/metrics')).status).toBe(401);
  });
});

describe('the auditor', () => {
  it('finds cases nobody woke, and says so on /readyz', async () => {
    expect((await opened.call('GET', '/v1/admin/health')).body.problems).toEqual([]);
    await database().batch([{ sql: 'UPDATE cases SET wake_at = ?', args: [opened.service.clock.now() - 301] }]);
    const { body } = await opened.call('GET', '/v1/admin/health');
    expect(body.problems).toMatchObject([{ code: 'CASES_OVERDUE_TO_WAKE', count: 1 }]);
    expect((await opened.call('GET', '/readyz')).body).toMatchObject({ status: 'degraded' });
    await database().batch([{ sql: 'UPDATE cases SET wake_at = NULL', args: [] }]);
    expect((await opened.call('GET', '/v1/admin/health')).body.problems).toMatchObject([
      { code: 'CLOCK_WITHOUT_WAKE' },
    ]);
  });
});

describe('an incident', () => {
  const fail = async (id: string) => {
    const now = opened.service.clock.now();
    await database().batch([
      {
        sql: `INSERT INTO outbox (id, case_id, recipient, channel, template, language, urgent, variables, idempotency_key, state, not_before, attempts, created_at)
          VALUES (?, ?, 'u', 'email', '', 'en', 0, '{}', ?, 'failed', ?, 5, ?)`,
        args: [id, caseId, id, now, now],
      },
    ]);
    await reportIncident(
      database(),
      { id: `message:${id}`, kind: 'messageFailed', caseId, subject: id, detail: 'no route' },
      now,
    );
  };
  const act = (id: string, body: unknown) => opened.call('POST', `/v1/admin/incidents/message:${id}/acts`, body);
  const outboxOf = async (id: string) =>
    (await database().query('SELECT state, attempts, target FROM outbox WHERE id = ?', [id]))[0];

  it('is listed, and counted when it comes again', async () => {
    await fail('m1');
    await reportIncident(database(), { id: 'message:m1', kind: 'messageFailed', detail: 'again' }, 1);
    const { body } = await opened.call('GET', '/v1/admin/incidents');
    expect(body.incidents).toMatchObject([{ id: 'message:m1', state: 'open', seen: 2, detail: 'again' }]);
  });

  it.each([
    ['skip', { act: 'skip' }, { state: 'dropped:skipped', attempts: 0, target: null }],
    ['force', { act: 'force' }, { state: 'sent', attempts: 0, target: null }],
    ['pause', { act: 'pause' }, { state: 'paused', attempts: 0, target: null }],
  ])('takes %s with a reason, audited', async (name, body, wanted) => {
    await fail(name);
    const { status, body: after } = await act(name, { ...body, reason: 'as agreed' });
    expect([status, after.state, after.reason]).toEqual([200, name === 'pause' ? 'paused' : 'closed', 'as agreed']);
    expect({ ...(await outboxOf(name)) }).toMatchObject(wanted);
    expect((await act(name, { ...body, reason: 'as agreed' })).status).toBe(name === 'pause' ? 200 : 409);
  });

  it('is not acted on without a reason', async () => {
    await fail('m2');
    expect((await act('m2', { act: 'retry' })).status).toBe(422);
    expect((await act('none', { act: 'retry', reason: 'why not' })).status).toBe(404);
  });

  it('leaves a whole chain of what operators did', async () => {
    const { body } = await opened.call('POST', '/v1/admin/audit/verify', {});
    expect(body.faults).toEqual([]);
    const rows = await database().query(
      "SELECT actor, payload FROM case_events WHERE stream = 'operations' ORDER BY seq",
    );
    expect(rows.map(({ payload }) => JSON.parse(String(payload)).act)).toEqual(['skip', 'force', 'pause', 'pause']);
    expect(rows[0]?.actor).toBe('u-administrator');
  });
});

describe('a key', () => {
  it('that asks too often is told when to come back', async () => {
    const { config } = opened.service.operations;
    Object.assign(config, { requestsPerMinute: 3 });
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await opened.call('GET', '/v1/me')).status);
    expect(statuses).toContain(429);
    const refused = await opened.call('GET', '/v1/me');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    Object.assign(config, { requestsPerMinute: 6000 });
  });
});
