import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
const customer = { name: 'Ada Example', email: 'ada@example.org' };

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

async function launch(saved = 'HP-01', workflow = saved.split('-')[0]) {
  const answers = await answersFor(test.service, saved);
  const { status, body } = await test.call('POST', '/v1/enquiries', { workflow, answers, customer });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.caseId as string;
}

const command = (id: string, body: object, headers?: Record<string, string>) =>
  test.call('POST', `/v1/cases/${id}/commands`, { command: body }, headers);
const preview = async (id: string, body: object) =>
  (await test.call('POST', `/v1/cases/${id}/preview`, { command: body })).body;

async function ready(id: string): Promise<string> {
  const { body } = await test.call('GET', `/v1/cases/${id}`);
  return body.tasks.find((task: { id: string }) => body.allowed.tasks[task.id]?.includes('startTask')).id;
}

async function revision(id: string): Promise<number> {
  return (await test.call('GET', `/v1/cases/${id}`)).body.case.revision;
}

describe('a dry run', () => {
  it('lists the cascade of a cancellation and how to confirm it, and stores nothing (P8)', async () => {
    const id = await launch();
    const task = await ready(id);
    const before = await revision(id);
    const told = await preview(id, { type: 'cancelTask', task, reason: 'asked twice' });
    expect(told).toMatchObject({ isAllowed: false, refusal: { code: 'CASCADE_UNCONFIRMED' } });
    expect(told.confirm.confirmed.length).toBeGreaterThan(0);
    expect(told.cancels.map((one: { task: string }) => one.task)).toEqual([task, ...told.confirm.confirmed]);
    expect(await revision(id)).toBe(before);
    const done = await command(id, { type: 'cancelTask', task, reason: 'asked twice', ...told.confirm });
    expect(done.status).toBe(200);
  });

  it('names what a new target would move, and the date the case is due (T11)', async () => {
    const id = await launch();
    const task = await ready(id);
    const { body } = await test.call('GET', `/v1/cases/${id}/schedule`);
    const due = body.items[task].finish;
    const dueOn = new Date((due + 3 * 86_400) * 1000).toISOString().slice(0, 10);
    const told = await preview(id, { type: 'retargetTask', task, dueOn, reason: 'agreed' });
    const refused = await command(id, { type: 'retargetTask', task, dueOn, reason: 'agreed' });
    expect(told.isAllowed ? 200 : told.refusal.code).toBe(refused.status === 200 ? 200 : refused.body.code);
    const far = await command(id, { type: 'retargetTask', task, dueOn: '2028-01-03', reason: 'agreed' });
    expect([far.status, far.body.code]).toEqual([422, 'TASK_TARGET_AFTER_CASE_TARGET']);
  });

  it('says in sentences what closing the case would do, or why it is refused', async () => {
    const id = await launch();
    const refused = await preview(id, { type: 'closeCase' });
    expect(refused).toMatchObject({ isAllowed: false, refusal: { code: 'CLOSING_REFUSED' } });
    const told = await preview(id, { type: 'closeCase', reason: 'moved away' });
    expect(told.isAllowed).toBe(true);
    expect(told.cancels.length).toBeGreaterThan(2);
    expect(told.sentences.at(-1)).toMatch(/cancelled because the case ended|closed/);
  });

  it.each(['launch', 'advance', 'attachDocument'])(
    'of %s is refused like the command: it is not sent by hand',
    async (type) => {
      const id = await launch();
      const bodies: Record<string, object> = { launch: { answers: {} }, attachDocument: { document: 'd', name: 'n' } };
      for (const path of ['commands', 'preview']) {
        const { status, body } = await test.call('POST', `/v1/cases/${id}/${path}`, {
          command: { type, ...bodies[type] },
        });
        expect([status, body.code]).toEqual([409, 'NOT_BY_HAND']);
      }
    },
  );
});

describe('corrected answers', () => {
  it('are checked against the form, with a pointer, and change nothing when wrong', async () => {
    const id = await launch();
    const before = await revision(id);
    const { status, body } = await command(id, { type: 'correctAnswers', answers: { stay: 'palace' }, reason: 'x' });
    expect([status, body.code, body.pointer]).toEqual([422, 'ANSWERS_INVALID', '/command/answers/stay']);
    expect(await revision(id)).toBe(before);
  });

  it('are an event that lists the statements a pack would gain and lose, and leave the pack as it was', async () => {
    const id = await launch('HP-01');
    const other = await answersFor(test.service, 'HP-03');
    const { body: before } = await test.call('GET', `/v1/cases/${id}`);
    const changed = Object.fromEntries(
      Object.entries(other).filter(([key, value]) => JSON.stringify(before.answers[key]) !== JSON.stringify(value)),
    );
    const told = await preview(id, { type: 'correctAnswers', answers: changed, reason: 'read wrongly' });
    const pack = (await test.call('GET', `/v1/cases/${id}/pack`)).body;
    expect((await command(id, { type: 'correctAnswers', answers: changed, reason: 'read wrongly' })).status).toBe(200);
    const { body } = await test.call('GET', `/v1/cases/${id}/events`);
    const event = body.events.find(({ type }: { type: string }) => type === 'answersCorrected');
    expect(event.payload).toMatchObject({ questions: Object.keys(changed).sort(), statements: told.statements });
    expect([...told.statements.gained, ...told.statements.lost].length).toBeGreaterThan(0);
    expect((await test.call('GET', `/v1/cases/${id}/pack`)).body).toEqual(pack);
    expect((await test.call('GET', `/v1/cases/${id}`)).body.answers).toMatchObject(changed);
  });

  it('sent by two officers at once both count', async () => {
    const id = await launch('HP-01');
    await Promise.all([
      command(id, { type: 'correctAnswers', answers: { age: 33 }, reason: 'x' }),
      command(id, { type: 'correctAnswers', answers: { stay: 'no' }, reason: 'x' }).then((reply) =>
        reply.status === 422 ? command(id, { type: 'correctAnswers', answers: { safe: 'yes' }, reason: 'x' }) : reply,
      ),
    ]);
    expect((await test.call('GET', `/v1/cases/${id}`)).body.answers.age).toBe(33);
  });
});

describe('two officers at once', () => {
  it('one starts the task, the other hears that it is in progress', async () => {
    const id = await launch();
    const task = await ready(id);
    const replies = await Promise.all([1, 2].map(() => command(id, { type: 'startTask', task })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'COMMAND_NOT_ALLOWED',
      detail: expect.stringMatching(/is in progress/),
    });
  });

  it('claim, and the loser hears who has it (L8)', async () => {
    const id = await launch();
    const { body: page } = await test.call('GET', `/v1/cases/${id}`);
    const task = await ready(id);
    const { owner } = page.tasks.find((one: { id: string }) => one.id === task);
    if (owner !== null) await command(id, { type: 'releaseTask', task });
    const key = await test.keyFor('officer');
    const replies = await Promise.all([
      command(id, { type: 'claimTask', task }),
      command(id, { type: 'claimTask', task }, { authorization: `Bearer ${key}` }),
    ]);
    const taken = replies.filter(({ status }) => status === 200);
    expect(taken.length).toBeLessThanOrEqual(1);
    const lost = replies.find(({ status }) => status === 409);
    expect(lost?.body.detail).toMatch(/belongs to Person u-administrator|not an active member/);
  });

  it('complete twenty times, and it is complete once', async () => {
    const id = await launch();
    const task = await ready(id);
    const { body: page } = await test.call('GET', `/v1/cases/${id}`);
    const { configuration } = await test.service.organisation.releases.newest();
    const document = configuration.task[task];
    const outcome = Object.keys(document?.outcomes ?? {})[0];
    const fields = Object.fromEntries(
      Object.entries(document?.fields ?? {})
        .filter(([, field]) => field.mandatory)
        .map(([key, field]) => [key, valueFor(field)]),
    );
    expect(page.allowed.tasks[task]).toContain('completeTask');
    const complete = { type: 'completeTask', task, fields, ...(outcome === undefined ? {} : { outcome }) };
    const replies = await Promise.all(Array.from({ length: 20 }, () => command(id, complete)));
    expect(replies.filter(({ status }) => status === 200).length).toBe(1);
    expect(replies.filter(({ status }) => status === 409).length).toBe(19);
    const { body } = await test.call('GET', `/v1/cases/${id}/events`);
    const completed = body.events.filter(
      ({ type, payload }: { type: string; payload: { task?: string } }) =>
        type === 'taskCompleted' && payload.task === task,
    );
    expect(completed.length).toBe(1);
  });
});

function valueFor(field: { type: string; options?: Record<string, unknown> | undefined }): unknown {
  const option = Object.keys(field.options ?? {})[0];
  switch (field.type) {
    case 'yesNo':
      return 'yes';
    case 'number':
    case 'money':
      return 1;
    case 'date':
      return '2026-11-23';
    case 'time':
      return '10:00';
    case 'choice':
      return option;
    case 'multiChoice':
      return [option];
    case 'agency':
      return 'SHELTER';
    default:
      return 'words';
  }
}

describe('commands to several cases', () => {
  it('take effect one by one: what is refused does not stop the rest (W4, L10)', async () => {
    const ids = [await launch(), await launch(), await launch()];
    const tasks = await Promise.all(ids.map(ready));
    await command(ids[1] ?? '', { type: 'startTask', task: tasks[1] });
    const commands = [
      ...ids.map((id, at) => ({ case: id, command: { type: 'startTask', task: tasks[at] } })),
      { case: 'nowhere', command: { type: 'addNote', text: 'x' } },
    ];
    const send = () => test.call('POST', '/v1/cases/commands', { commands }, { 'idempotency-key': 'bulk-1' });
    const { status, body } = await send();
    expect([status, body.done, body.refused]).toEqual([200, 2, 2]);
    expect(body.results.map((one: { ok: boolean; problem?: { code: string } }) => one.problem?.code ?? one.ok)).toEqual(
      [true, 'COMMAND_NOT_ALLOWED', true, 'NOT_FOUND'],
    );
    const revisions = await Promise.all(ids.map(revision));
    await send();
    expect(await Promise.all(ids.map(revision))).toEqual(revisions);
  });

  it('re-check who may have a task, item by item (L10)', async () => {
    const id = await launch();
    const task = await ready(id);
    const commands = ['u-administrator', 'nobody'].map((to) => ({
      case: id,
      command: { type: 'reassignTask', task, to, reason: 'holiday' },
    }));
    const { body } = await test.call('POST', '/v1/cases/commands', { commands });
    expect(body.results.map((one: { ok: boolean; problem?: { code: string } }) => one.problem?.code ?? one.ok)).toEqual(
      [true, 'UNKNOWN_USER'],
    );
  });

  it('are at most 500', async () => {
    const commands = Array.from({ length: 501 }, () => ({ case: 'c', command: { type: 'addNote', text: 'x' } }));
    expect((await test.call('POST', '/v1/cases/commands', { commands })).status).toBe(422);
  });
});

describe('the schedule of a case', () => {
  it('shows projected ends, floats and what is critical, and moves when work is done', async () => {
    const id = await launch();
    const { status, body } = await test.call('GET', `/v1/cases/${id}/schedule`);
    expect(status).toBe(200);
    expect(body.critical.length).toBeGreaterThan(0);
    expect(body.finish).toBe(
      Math.max(
        ...Object.values<{ finish: number; float: number | null }>(body.items)
          .filter(({ float }) => float !== null)
          .map(({ finish }) => finish),
      ),
    );
    const task = await ready(id);
    expect(body.items[task]).toMatchObject({ state: 'open', title: expect.any(String) });
    await command(id, { type: 'startTask', task });
    expect((await test.call('GET', `/v1/cases/${id}/schedule`)).body.items[task].state).toBe('started');
    expect((await test.call('GET', '/v1/cases/none/schedule')).status).toBe(404);
  });
});

describe('a case that is private to its owner', () => {
  it('is hidden from other officers in every list and page, and shown to owner and leaders', async () => {
    const { body: drawn, headers } = await test.call('GET', '/v1/drafts/main/documents/workflow/SP');
    const document = {
      ...drawn.document,
      privateToOwner: true,
      agencies: ['SHELTER'],
      money: { budget: { order: 1, label: 'Personal budget' } },
    };
    const saved = await test.call('PUT', '/v1/drafts/main/documents/workflow/SP', document, {
      'if-match': headers.get('etag') ?? '',
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const published = await test.call('POST', '/v1/releases', { note: 'Private plans', acceptWarnings: true });
    expect(published.status, JSON.stringify(published.body).slice(0, 500)).toBe(201);
    const launched = await test.call('POST', '/v1/enquiries', {
      workflow: 'SP',
      answers: {},
      allowIncomplete: true,
      customer: { name: 'Zelda Hidden', email: 'zelda@example.org' },
    });
    expect(launched.status, JSON.stringify(launched.body)).toBe(201);
    const { caseId: id, reference } = launched.body;
    await command(id, { type: 'changeCaseOwner', to: 'u-administrator', reason: 'hers' });
    const { body: before } = await test.call('GET', `/v1/cases/${id}`);
    expect(before).toMatchObject({
      privateToOwner: true,
      agencies: [{ key: 'SHELTER' }],
      money: [{ key: 'budget', amount: null }],
    });
    for (const task of before.tasks.filter((one: { owner: string | null }) => one.owner !== null))
      await command(id, { type: 'reassignTask', task: task.id, to: 'u-administrator', reason: 'hers' });

    const officer = { authorization: `Bearer ${await test.keyFor('officer')}` };
    const paths = ['', '/stream', '/events', '/timeline', '/pack', '/drawing', '/schedule', '/attachments'];
    for (const path of paths)
      expect([path, (await test.call('GET', `/v1/cases/${id}${path}`, undefined, officer)).status]).toEqual([
        path,
        404,
      ]);
    const asOfficer = async (path: string) => JSON.stringify((await test.call('GET', path, undefined, officer)).body);
    for (const path of ['/v1/cases', '/v1/enquiries', '/v1/worklist?view=all', `/v1/search?q=${reference}`]) {
      expect(await asOfficer(path)).not.toContain(id);
      expect(JSON.stringify((await test.call('GET', path)).body)).toContain(id);
    }
    const refused = await test.call(
      'POST',
      `/v1/cases/${id}/commands`,
      { command: { type: 'addNote', text: 'x' } },
      officer,
    );
    expect(refused.status).toBe(404);
    const bulk = { commands: [{ case: id, command: { type: 'addNote', text: 'x' } }] };
    expect((await test.call('POST', '/v1/cases/commands', bulk, officer)).body.results[0].problem.code).toBe(
      'NOT_FOUND',
    );
    const leader = { authorization: `Bearer ${await test.keyFor('teamLeader')}` };
    expect((await test.call('GET', `/v1/cases/${id}`, undefined, leader)).status).toBe(200);

    await command(id, { type: 'recordMoney', amounts: { budget: 125_000 } });
    const { body: after } = await test.call('GET', `/v1/cases/${id}`);
    expect(after.money).toEqual([{ key: 'budget', label: 'Personal budget', amount: 125_000 }]);
    expect((await command(id, { type: 'recordMoney', amounts: { gold: 1 } })).body.code).toBe('UNKNOWN_MONEY_FIELD');
    const rows = await test.service.organisation.database.query('SELECT payload FROM case_events WHERE stream = ?', [
      id,
    ]);
    expect(JSON.stringify(rows)).not.toContain('125000');
  });
});
