import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay, toTaskRows } from '../../../../runtime/engine/index.ts';
import { toCaseChange, toTaskChanges } from '../../../../runtime/service/cases/case-rows.ts';
import { FIRST_HASH, hashEvent } from '../../../../runtime/service/cases/event-chain.ts';
import { asCaseEvent, readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { STATE_COLUMNS, stateOf } from '../../../../runtime/service/cases/stored-state.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
});
afterAll(() => test.close());

const customer = { name: 'Ada Example', email: 'ada@example.org' };

async function launch(saved = 'HP-01') {
  const answers = await answersFor(test.service, saved);
  const { status, body } = await test.call('POST', '/v1/enquiries', {
    workflow: saved.split('-')[0],
    answers,
    customer,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { reference: string; secret: string; caseId: string; packId: string };
}

const command = (id: string, body: object, headers?: Record<string, string>) =>
  test.call('POST', `/v1/cases/${id}/commands`, { command: body }, headers);

async function firstReady(id: string): Promise<string> {
  const { body } = await test.call('GET', `/v1/cases/${id}`);
  const found = body.tasks.find((task: { id: string }) => body.allowed.tasks[task.id]?.includes('startTask'));
  expect(found).toBeDefined();
  return found.id;
}

async function count(table: string): Promise<number> {
  const [row] = await test.service.organisation.database.query(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row?.n);
}

describe('an enquiry', () => {
  it('makes exactly one case and one pack (P13)', async () => {
    const before = [await count('enquiries'), await count('cases'), await count('packs')];
    const { caseId, reference } = await launch();
    const after = [await count('enquiries'), await count('cases'), await count('packs')];
    expect(after).toEqual(before.map((n) => n + 1));
    const { body } = await test.call('GET', `/v1/cases/${caseId}`);
    expect(body.case).toMatchObject({ reference, workflow: 'HP', status: 'open', release: 1 });
    expect(body.customer).toEqual(customer);
  });

  it('gets the statements that the saved case expects', async () => {
    const { caseId } = await launch('HP-01');
    const { body } = await test.call('GET', `/v1/cases/${caseId}/pack`);
    const { configuration } = await test.service.organisation.releases.newest();
    const keys = body.pack.sections.flatMap((section: { statements: { key: string }[] }) =>
      section.statements.map(({ key }) => key),
    );
    expect(keys).toEqual(configuration.test['HP-01']?.expect?.statements);
  });

  it('sent again with the same key, gives the same answer and no second case', async () => {
    const answers = await answersFor(test.service, 'HP-01');
    const send = () =>
      test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer }, { 'idempotency-key': 'enquiry-1' });
    const first = await send();
    const cases = await count('cases');
    const second = await send();
    expect(second.body).toEqual(first.body);
    expect(await count('cases')).toBe(cases);
  });

  it('with another body under the same key is refused', async () => {
    const { status, body } = await test.call(
      'POST',
      '/v1/enquiries',
      { workflow: 'HP', answers: await answersFor(test.service, 'HP-02'), customer },
      { 'idempotency-key': 'enquiry-1' },
    );
    expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each([
    ['an option that does not exist', { stay: 'palace' }, '/answers/stay'],
    ['a question that the form does not have', { colour: 'red' }, '/answers/colour'],
    ['an answer of the wrong type', { age: 'old' }, '/answers/age'],
    ['an answer out of bounds', { age: -3 }, '/answers/age'],
  ])('with %s is refused with a pointer and leaves nothing behind', async (_what, wrong, pointer) => {
    const before = await count('cases');
    const answers = { ...(await answersFor(test.service, 'HP-01')), ...wrong };
    const { status, body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer });
    expect([status, body.code, body.pointer]).toEqual([422, 'ANSWERS_INVALID', pointer]);
    expect(await count('cases')).toBe(before);
  });

  it('with a missing answer is refused, unless the officer says that it is incomplete', async () => {
    const { safe: _safe, ...answers } = await answersFor(test.service, 'HP-01');
    const strict = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer });
    expect([strict.status, strict.body.pointer]).toEqual([422, '/answers/safe']);
    const loose = await test.call('POST', '/v1/enquiries', {
      workflow: 'HP',
      answers,
      customer,
      allowIncomplete: true,
    });
    expect(loose.status).toBe(201);
  });

  it('keeps its answers out of events, rows and the database file in clear', async () => {
    const { caseId } = await launch();
    const { events } = { events: await readEvents(test.service.organisation, caseId) };
    expect(JSON.stringify(events)).not.toContain('Ada Example');
    const rows = await test.service.organisation.database.query('SELECT state FROM cases WHERE id = ?', [caseId]);
    expect(String(rows[0]?.state)).not.toContain('ada@example.org');
    const personal = await test.service.organisation.database.query('SELECT sealed FROM personal_values');
    expect(personal.some((row) => String(row.sealed).includes('Ada Example'))).toBe(false);
  });
});

describe('a command', () => {
  it('offered by the case page takes effect and moves the revision', async () => {
    const { caseId } = await launch();
    const task = await firstReady(caseId);
    const before = (await test.call('GET', `/v1/cases/${caseId}`)).body.case.revision;
    const { status, body } = await command(caseId, { type: 'startTask', task });
    expect(status).toBe(200);
    expect(body.revision).toBe(before + body.events.length);
    const page = (await test.call('GET', `/v1/cases/${caseId}`)).body;
    expect(page.case.revision).toBe(body.revision);
    expect(page.tasks.find((one: { id: string }) => one.id === task).state).toBe('inProgress');
  });

  it('in the wrong state is refused with the reason and what is allowed, and changes nothing', async () => {
    const { caseId } = await launch();
    const task = await firstReady(caseId);
    await command(caseId, { type: 'startTask', task });
    const before = await readEvents(test.service.organisation, caseId);
    const { status, body, headers } = await command(caseId, { type: 'startTask', task });
    expect(status).toBe(409);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body.detail.length).toBeGreaterThan(10);
    expect(body.allowed).toContain('completeTask');
    expect(body.allowed).not.toContain('startTask');
    expect(await readEvents(test.service.organisation, caseId)).toEqual(before);
  });

  it('repeated with its key happens once', async () => {
    const { caseId } = await launch();
    const note = { type: 'addNote', text: 'Telephoned; will call back.' };
    const first = await command(caseId, note, { 'idempotency-key': 'note-1' });
    const second = await command(caseId, note, { 'idempotency-key': 'note-1' });
    expect(second.body).toEqual(first.body);
    const events = await readEvents(test.service.organisation, caseId);
    expect(events.filter((event) => event.type === 'noteAdded')).toHaveLength(1);
  });

  it('sent twice at once with one key happens once', async () => {
    const { caseId } = await launch();
    const send = () => command(caseId, { type: 'addNote', text: 'Twice.' }, { 'idempotency-key': 'note-2' });
    const [first, second] = await Promise.all([send(), send()]);
    expect(first?.status).toBe(200);
    expect(second?.body).toEqual(first?.body);
    const events = await readEvents(test.service.organisation, caseId);
    expect(events.filter((event) => event.type === 'noteAdded')).toHaveLength(1);
  });

  it('on a stale revision is refused', async () => {
    const { caseId } = await launch();
    const { status, body } = await command(caseId, { type: 'addNote', text: 'x' }, { 'if-match': '"1"' });
    expect([status, body.code]).toEqual([412, 'STALE']);
  });

  it('among many at once on one case keeps the sequence whole', async () => {
    const { caseId } = await launch();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => command(caseId, { type: 'addNote', text: `note ${n}` })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    const events = await readEvents(test.service.organisation, caseId);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  });

  it('keeps the words of a note apart from the event and shows them to officers', async () => {
    const { caseId } = await launch();
    await command(caseId, { type: 'addNote', text: 'A very private sentence.' });
    const stored = await readEvents(test.service.organisation, caseId);
    expect(JSON.stringify(stored)).not.toContain('very private');
    const { body } = await test.call('GET', `/v1/cases/${caseId}/events`);
    expect(Object.values(body.personal)).toContain('A very private sentence.');
  });

  it('of the ticker or of the enquiry is not taken by hand', async () => {
    const { caseId } = await launch();
    expect((await command(caseId, { type: 'advance' })).status).toBe(409);
    expect((await command('no-such-case', { type: 'addNote', text: 'x' })).status).toBe(404);
  });
});

describe('the stored case', () => {
  it('replayed from its events equals its rows, and its chain is whole', async () => {
    const { organisation } = test.service;
    const cases = await organisation.database.query(`SELECT c.*, ${STATE_COLUMNS} FROM cases c`);
    expect(cases.length).toBeGreaterThan(5);
    for (const row of cases) {
      const id = String(row.id);
      const events = await readEvents(organisation, id);
      const state = replay(events.map(asCaseEvent));
      expect(stateOf(row)).toEqual(JSON.parse(JSON.stringify(state)));
      const fixed = {
        reference: String(row.reference),
        workflow: String(row.workflow),
        release: Number(row.release),
        customer: row.customer as string,
        enquiry: row.enquiry as string,
        sample: Number(row.sample),
        answersRef: row.answers_ref as string,
      };
      const lastHash = events.at(-1)?.hash ?? '';
      const expected = toCaseChange(id, null, { state, revision: events.length, stored: 0, lastHash, fixed });
      const { since: _, ...columns } = row;
      const cache = { state: null, state_revision: null };
      expect({ ...columns, ...cache }).toEqual({ ...expected.values, ...cache });
      const tasks = await organisation.database.query(
        "SELECT * FROM case_tasks WHERE case_id = ? AND state <> 'pending' ORDER BY id",
        [id],
      );
      const wanted = toTaskChanges(id, null, state)
        .map((change) => change.values)
        .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
      expect(tasks.map((task) => ({ ...task }))).toEqual(wanted);
      expect(toTaskRows(state).filter((task) => task.state !== 'pending')).toHaveLength(tasks.length);
      await expectWholeChain(id);
    }
  });

  async function expectWholeChain(id: string) {
    const rows = await test.service.organisation.database.query(
      'SELECT * FROM case_events WHERE stream = ? ORDER BY seq',
      [id],
    );
    let prevHash = FIRST_HASH;
    for (const row of rows) {
      const event = {
        stream: id,
        seq: Number(row.seq),
        type: String(row.type),
        actor: String(row.actor),
        effectiveAt: Number(row.effective_at),
        recordedAt: Number(row.recorded_at),
        payload: String(row.payload),
        prevHash,
      };
      expect(row.hash).toBe(hashEvent(event));
      prevHash = String(row.hash);
    }
  }
});

describe('time', () => {
  it('past amber and target reaches people as messages, once', async () => {
    const { caseId } = await launch('HP-01');
    const page = (await test.call('GET', `/v1/cases/${caseId}`)).body;
    const task = page.tasks.find(
      (one: { amberAt: number | null; state: string }) => one.amberAt !== null && one.state === 'ready',
    );
    expect(task.dueAt).toBeGreaterThan(MONDAY);
    const types = async () =>
      (await readEvents(test.service.organisation, caseId))
        .filter((event) => event.payload.item === `task:${task.id}`)
        .map((event) => event.type);
    await test.call('POST', '/v1/admin/clock', { now: task.amberAt + 1 });
    expect(await types()).toContain('slaAmber');
    expect(await types()).not.toContain('slaBreached');
    await test.call('POST', '/v1/admin/clock', { now: task.dueAt + 1 });
    expect(await types()).toContain('slaBreached');
    const sent = await test.service.organisation.database.query(
      'SELECT state FROM outbox WHERE case_id = ? AND task = ?',
      [caseId, task.id],
    );
    expect(sent.length).toBeGreaterThan(0);
    const messages = await test.service.organisation.database.query(
      'SELECT title, body FROM messages WHERE case_id = ? AND task = ?',
      [caseId, task.id],
    );
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.some((row) => String(row.body).includes(page.case.reference))).toBe(true);
    const before = await readEvents(test.service.organisation, caseId);
    await test.service.ticker.runOnce();
    expect(await readEvents(test.service.organisation, caseId)).toEqual(before);
    const worklist = (await test.call('GET', '/v1/worklist?view=all&limit=200')).body;
    expect(worklist.items[0].urgency).toBe('exceeded');
    const order = worklist.items.map((item: { urgency: string }) =>
      ['exceeded', 'amber', 'onTrack', 'paused'].indexOf(item.urgency),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('is told in sentences', async () => {
    const [row] = await test.service.organisation.database.query('SELECT id FROM cases ORDER BY revision DESC LIMIT 1');
    const { status, body } = await test.call('GET', `/v1/cases/${row?.id}/timeline`);
    expect(status).toBe(200);
    expect(body.entries.length).toBeGreaterThan(3);
  });
});
