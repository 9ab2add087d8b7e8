import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay } from '../../../../runtime/engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../../../../runtime/service/cases/stored-state.ts';
import { resumeMoves, runMove } from '../../../../runtime/service/definitions/moves.ts';
import { digestOf } from '../../../../runtime/service/definitions/publish.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

let test: TestService;
let secondPerson: string;

beforeAll(async () => {
  test = await openTestService();
  secondPerson = await test.keyFor('publisher');
}, 60_000);
afterAll(() => test.close());

async function launch(): Promise<string> {
  const answers = await answersFor(test.service, 'HP-01');
  const body = { workflow: 'HP', answers, customer: { name: 'Ada Sample' } };
  return (await test.call('POST', '/v1/enquiries', body)).body.caseId;
}

/** Publishes the draft with a longer target for HP01. */
async function publishTarget(value: number): Promise<number> {
  const path = '/v1/drafts/main/documents/task/HP01';
  const { document, revision } = (await test.call('GET', path)).body;
  const changed = { ...document, sla: { ...document.sla, target: { ...document.sla.target, value } } };
  await test.call('PUT', path, changed, { 'if-match': `"${revision}"` });
  return (await test.call('POST', '/v1/releases', { note: 'HP01', acceptWarnings: true })).body.number;
}

async function moveAll(to: number, cases?: string[]): Promise<string> {
  const begun = await test.call('POST', '/v1/moves', { to, note: 'longer', ...(cases ? { cases } : {}) });
  expect(begun.status).toBe(201);
  expect((await test.call('POST', `/v1/moves/${begun.body.id}/resume`)).body.state).toBe('done');
  return begun.body.id;
}

async function caseAt(id: string) {
  const { body } = await test.call('GET', `/v1/cases/${id}`);
  const sql = `SELECT ${STATE_COLUMNS} FROM cases c WHERE id = ?`;
  const [row] = await test.service.organisation.database.query(sql, [id]);
  const events = (await test.call('GET', `/v1/cases/${id}/events?limit=200`)).body.events;
  expect(replay(events), 'replay = rows').toEqual(row && stateOf(row));
  return { release: body.case.release, tasks: body.tasks, events };
}

describe('moving open cases', () => {
  it('is tried on paper, done, audited, and taken back while nobody worked on them', async () => {
    const [one, two, pinned] = [await launch(), await launch(), await launch()];
    const before = await caseAt(one);
    const to = await publishTarget(9);
    await test.call('PUT', '/v1/moves/pins', { cases: [pinned], pinned: true, reason: 'court date is set' });

    const effect = (await test.call('POST', `/v1/releases/${to}/effect`, {})).body;
    expect([effect.openCases, effect.cannotMove, effect.pinned]).toEqual([3, 0, 1]);
    expect(effect.cases[0].dates.map(({ of, which }: { of: string; which: string }) => `${of} ${which}`)).toContain(
      'task:HP01 due',
    );
    expect((await caseAt(one)).release).toBe(1);

    const id = await moveAll(to);
    const move = (await test.call('GET', `/v1/moves/${id}`)).body;
    expect(move.cases.map((each: { id: string; state: string }) => [each.id, each.state]).sort()).toEqual(
      [
        [one, 'moved'],
        [two, 'moved'],
      ].sort(),
    );
    const [listed] = (await test.call('GET', '/v1/moves')).body.moves;
    expect(listed).toMatchObject({ id, to, state: 'done', moved: 2, refused: 0, undone: 0, left: 0 });
    const after = await caseAt(one);
    expect([after.release, (await caseAt(pinned)).release]).toEqual([to, 1]);
    expect(after.tasks[0].dueAt).toBeGreaterThan(before.tasks[0].dueAt);
    expect(after.events.at(-2)?.actor ?? after.events.at(-1).actor).toBe('u-administrator');

    await test.call(
      'POST',
      `/v1/cases/${two}/commands`,
      { command: { type: 'startTask', task: 'HP01' } },
      { 'idempotency-key': 'start-two' },
    );
    const undone = (await test.call('POST', `/v1/moves/${id}/undo`)).body;
    expect([undone.undone, undone.kept.map((each: { id: string }) => each.id)]).toEqual([1, [two]]);
    const back = await caseAt(one);
    expect([back.release, back.tasks[0].dueAt]).toEqual([1, before.tasks[0].dueAt]);
    expect((await caseAt(two)).release).toBe(to);
  });

  it('moves only those chosen, and a second time nothing', async () => {
    const [one, two] = [await launch(), await launch()];
    const to = await publishTarget(8);
    await moveAll(to, [two]);
    expect([(await caseAt(one)).release === to, (await caseAt(two)).release]).toEqual([false, to]);
    const { events } = await caseAt(two);
    await moveAll(to, [two]);
    expect((await caseAt(two)).events).toHaveLength(events.length);
  });

  it('says why a case cannot move and leaves it as it is', async () => {
    const one = await launch();
    await test.call(
      'POST',
      `/v1/cases/${one}/commands`,
      { command: { type: 'startTask', task: 'HP01' } },
      { 'idempotency-key': 'start-one' },
    );
    const path = '/v1/drafts/main/documents/workflow/HP';
    const { document, revision } = (await test.call('GET', path)).body;
    const { HP01: _gone, ...nodes } = document.nodes;
    const links = Object.fromEntries(
      Object.entries<{ from: string; to: string }>(document.links).filter(
        ([, link]) => link.from !== 'HP01' && link.to !== 'HP01',
      ),
    );
    const saved = await test.call('PUT', path, { ...document, nodes, links }, { 'if-match': `"${revision}"` });
    const published = await test.call('POST', '/v1/releases', { note: 'without HP01', acceptWarnings: true });
    expect(published.status, JSON.stringify(published.body).slice(0, 300)).toBe(201);
    const id = await moveAll(published.body.number, [one]);
    const [outcome] = (await test.call('GET', `/v1/moves/${id}`)).body.cases;
    expect([outcome.state, outcome.reasons[0].code]).toEqual(['refused', 'TASK_ORPHANED']);
    expect((await caseAt(one)).release).not.toBe(published.body.number);
    await test.call('PUT', path, document, { 'if-match': `"${saved.body.revision}"` });
  });

  it('goes on where a stop cut it off, while people work on the cases', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, launch));
    const to = await publishTarget(7);
    const { organisation } = test.service;
    const id = (await test.call('POST', '/v1/moves', { to, cases, note: 'under load' })).body.id;
    const work = cases.map((one, at) =>
      test.call(
        'POST',
        `/v1/cases/${one}/commands`,
        { command: { type: 'addNote', text: 'Called.' } },
        { 'idempotency-key': `note-${at}` },
      ),
    );
    const replies = await Promise.all([...work, runMove(organisation, id).then(() => ({ status: 200 }))]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    await resumeMoves(organisation);
    for (const one of cases) {
      const { release, events } = await caseAt(one);
      expect(release).toBe(to);
      expect(events.filter(({ type }: { type: string }) => type === 'caseMoved')).toHaveLength(1);
      expect(events.some(({ type }: { type: string }) => type === 'noteAdded')).toBe(true);
    }
  });
});

describe('a calendar', () => {
  it('with a bank holiday added lists the open cases whose dates move', async () => {
    const one = await launch();
    const path = '/v1/drafts/main/documents/calendar/england-and-wales';
    const { document, revision } = (await test.call('GET', path)).body;
    expect((await test.call('POST', '/v1/drafts/main/calendar-effect')).body.cases).toEqual([]);
    const closed = { ...document.closed, '2026-11-24': 'Extra bank holiday' };
    const saved = await test.call('PUT', path, { ...document, closed }, { 'if-match': `"${revision}"` });
    const effect = (await test.call('POST', '/v1/drafts/main/calendar-effect')).body;
    expect(effect.cases.map(({ id }: { id: string }) => id)).toContain(one);
    expect(effect.cases[0].dates[0]).toMatchObject({ which: 'due' });
    await test.call('PUT', path, document, { 'if-match': `"${saved.body.revision}"` });
  });
});

describe('releases', () => {
  it('are rolled back as a release of their own, byte for byte', async () => {
    const first = (await test.call('GET', '/v1/releases/1/documents')).body;
    const digest = (await test.call('GET', '/v1/releases/1')).body.digest;
    const back = await test.call('POST', '/v1/releases/1/rollback', { note: 'too long' });
    expect([back.status, back.body.digest]).toEqual([201, digest]);
    expect((await test.call('GET', `/v1/releases/${back.body.number}`)).body.origin).toBe('rollback:1');
    expect((await test.call('GET', `/v1/releases/${back.body.number}/documents`)).body).toEqual(first);
  });

  it('published after a rollback are re-based on it, and a place changed on both sides is named', async () => {
    const agency = '/v1/drafts/main/documents/agency/SHELTER';
    const { document, revision } = (await test.call('GET', agency)).body;
    await test.call('PUT', agency, { ...document, phone: '0808 800 4444 mine' }, { 'if-match': `"${revision}"` });
    const review = (await test.call('GET', '/v1/drafts/main/review')).body;
    expect(review.newestRelease).toBeGreaterThan(review.baseRelease);
    expect(review.conflicts).toEqual([]);
    expect(review.changes.flatMap(({ sentences }: { sentences: string[] }) => sentences)).toEqual([
      expect.stringContaining('Phone of SHELTER is now "0808 800 4444 mine"'),
    ]);
    const path = '/v1/drafts/main/documents/task/HP01';
    const task = (await test.call('GET', path)).body;
    const sla = { ...task.document.sla, target: { ...task.document.sla.target, value: 5 } };
    await test.call('PUT', path, { ...task.document, sla }, { 'if-match': `"${task.revision}"` });
    const refused = await test.call('POST', '/v1/releases', { note: 'mine', acceptWarnings: true });
    expect([refused.status, refused.body.code]).toEqual([409, 'DRAFT_CONFLICTS']);
    expect(refused.body.allowed.conflicts[0]).toMatchObject({
      document: 'task/HP01',
      pointer: '/sla/target/value',
      mine: 5,
    });
    const published = await test.call('POST', '/v1/releases', {
      note: 'mine',
      acceptWarnings: true,
      resolve: 'theirs',
    });
    expect(published.status).toBe(201);
    const now = (await test.call('GET', path)).body.document.sla.target.value;
    const documents = (await test.call('GET', `/v1/releases/${published.body.number}/documents`)).body.documents;
    expect(documents.task.HP01.sla.target.value).toBe(now);
    expect(documents.agency.SHELTER.phone).toBe('0808 800 4444 mine');
  });

  it('may begin later: until then cases start under the one before', async () => {
    const startsAt = MONDAY + 86_400;
    const before = (await test.service.organisation.releases.newest()).number;
    const agency = '/v1/drafts/main/documents/agency/SHELTER';
    const { document, revision } = (await test.call('GET', agency)).body;
    await test.call('PUT', agency, { ...document, hours: 'All day' }, { 'if-match': `"${revision}"` });
    const published = await test.call('POST', '/v1/releases', { note: 'tomorrow', acceptWarnings: true, startsAt });
    expect(published.status).toBe(201);
    expect((await test.service.organisation.releases.newest()).number).toBe(before);
    const early = await test.call('POST', '/v1/releases', { note: 'today', acceptWarnings: true });
    expect([early.status, early.body.code]).toEqual([409, 'RELEASE_SCHEDULED']);
    test.service.clock.set(startsAt);
    expect((await test.service.organisation.releases.newest()).number).toBe(published.body.number);
  });

  it('begin to move cases when they go live, not when they are published', async () => {
    const { service } = test;
    const [one, later] = [await launch(), await launch()];
    const before = (await caseAt(one)).release;
    const startsAt = service.clock.now() + 86_400;
    const path = '/v1/drafts/main/documents/task/HP01';
    const { document, revision } = (await test.call('GET', path)).body;
    const sla = { ...document.sla, target: { ...document.sla.target, value: 6 } };
    const saved = await test.call('PUT', path, { ...document, sla }, { 'if-match': `"${revision}"` });
    const published = await test.call('POST', '/v1/releases', { note: 'tomorrow', acceptWarnings: true, startsAt });
    const to = published.body.number;
    const { id } = (await test.call('POST', '/v1/moves', { to, cases: [one, later], note: 'with the release' })).body;
    const standing = async () => (await test.call('GET', `/v1/moves/${id}`)).body;
    expect((await test.call('POST', `/v1/moves/${id}/resume`)).body.state).toBe('running');
    // What a restart does.
    await resumeMoves(service.organisation);
    service.clock.set(startsAt - 1);
    await service.ticker.runOnce();
    expect(await standing()).toMatchObject({ state: 'running', startsAt, cases: [] });
    expect([(await caseAt(one)).release, (await caseAt(later)).release]).toEqual([before, before]);

    service.clock.set(startsAt);
    await service.ticker.runOnce();
    await expect.poll(async () => (await standing()).state).toBe('done');
    expect([(await standing()).startsAt, (await caseAt(one)).release, (await caseAt(later)).release]).toEqual([
      null,
      to,
      to,
    ]);
    const moved = (await caseAt(one)).events.find(({ type }: { type: string }) => type === 'caseMoved');
    expect(moved.effectiveAt).toBe(startsAt);
    await test.call('PUT', path, document, { 'if-match': `"${saved.body.revision}"` });
  });

  it('are refused where a calendar was saved since the review, as after any other change (T14)', async () => {
    const review = async () => (await test.call('GET', '/v1/drafts/main/review')).body;
    const publish = (digest: string) =>
      test.call('POST', '/v1/releases', { note: 'as looked at', acceptWarnings: true, digest });
    const { digest } = await review();
    const path = '/v1/drafts/main/documents/calendar/england-and-wales';
    const { document, revision } = (await test.call('GET', path)).body;
    const closed = { ...document.closed, '2035-02-14': 'Moving house' };
    await test.call('PUT', path, { ...document, closed }, { 'if-match': `"${revision}"` });
    const refused = await publish(digest);
    expect([refused.status, refused.body.code]).toEqual([409, 'DRAFT_CHANGED']);
    const seen = await review();
    expect(seen.digest).not.toBe(digest);
    expect(seen.changes.map((one: { document: string }) => one.document)).toContain('calendar/england-and-wales');
    expect((await publish(seen.digest)).status).toBe(201);
  });

  it('need a second person where the organisation asks for two', async () => {
    const path = '/v1/drafts/main/documents/settings/settings';
    const { document, revision } = (await test.call('GET', path)).body;
    await test.call('PUT', path, { ...document, twoPersonPublish: true }, { 'if-match': `"${revision}"` });
    expect((await test.call('GET', '/v1/drafts/main/review')).body.needsTwoPeople).toBe(true);
    const proposed = await test.call('POST', '/v1/releases', { note: 'two people', acceptWarnings: true });
    expect(proposed.status).toBe(202);
    const { proposal } = proposed.body;
    const authorization = `Bearer ${secondPerson}`;
    const own = await test.call('POST', `/v1/proposals/${proposal}/approve`);
    expect([own.status, own.body.code]).toEqual([409, 'SECOND_PERSON_NEEDED']);
    const approved = await test.call('POST', `/v1/proposals/${proposal}/approve`, undefined, { authorization });
    expect(approved.status).toBe(201);
    const release = (await test.call('GET', `/v1/releases/${approved.body.number}`)).body;
    expect([release.author, release.approver]).toEqual(['u-administrator', 'u-publisher']);
    expect((await test.call('POST', `/v1/proposals/${proposal}/approve`, undefined, { authorization })).body.code).toBe(
      'PROPOSAL_DECIDED',
    );
    // The rule is not ended by one person alone.
    const now = (await test.call('GET', path)).body;
    const off = { ...now.document, twoPersonPublish: false };
    await test.call('PUT', path, off, { 'if-match': `"${now.revision}"` });
    expect((await test.call('POST', '/v1/releases', { note: 'alone', acceptWarnings: true })).status).toBe(202);
    const later = (await test.call('GET', path)).body;
    await test.call('PUT', path, now.document, { 'if-match': `"${later.revision}"` });
  });

  it('are published or withdrawn, never both, where two people decide at once', async () => {
    const authorization = `Bearer ${secondPerson}`;
    const newest = async () => (await test.call('GET', '/v1/releases')).body.releases[0].number;
    for (const isWithdrawnFirst of [true, false]) {
      const before = await newest();
      const { proposal } = (await test.call('POST', '/v1/releases/1/rollback', { note: 'both' })).body;
      const approve = () => test.call('POST', `/v1/proposals/${proposal}/approve`, undefined, { authorization });
      const withdraw = () => test.call('POST', `/v1/proposals/${proposal}/withdraw`);
      const calls = isWithdrawnFirst ? [withdraw(), approve()] : [approve(), withdraw()];
      const answers = await Promise.all(calls);
      expect(answers.map(({ status }) => (status < 300 ? 'done' : status)).sort()).toEqual([409, 'done']);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('PROPOSAL_DECIDED');
      const { proposals } = (await test.call('GET', '/v1/proposals')).body;
      const { state, release } = proposals.find(({ id }: { id: string }) => id === proposal);
      expect([state, release, await newest()]).toEqual(
        release === null ? ['withdrawn', null, before] : ['published', before + 1, before + 1],
      );
      if (release !== null)
        await test.call(
          'POST',
          `/v1/proposals/${(await test.call('POST', `/v1/releases/${before}/rollback`, { note: 'back' })).body.proposal}/approve`,
          undefined,
          { authorization },
        );
    }
  });

  it('are restored by two people where publishing asks for two, also to a release that did not ask', async () => {
    const newest = async () => (await test.call('GET', '/v1/releases')).body.releases[0];
    const authorization = `Bearer ${secondPerson}`;
    const before = (await newest()).number;
    const put = await test.call('POST', '/v1/releases/1/rollback', { note: 'back to the first' });
    expect([put.status, (await newest()).number]).toEqual([202, before]);
    const id = put.body.proposal;
    const proposals = (await test.call('GET', '/v1/proposals')).body.proposals;
    expect(proposals.find((one: { id: string }) => one.id === id)).toMatchObject({ state: 'open', restores: 1 });
    const own = await test.call('POST', `/v1/proposals/${id}/approve`);
    expect([own.status, own.body.code, (await newest()).number]).toEqual([409, 'SECOND_PERSON_NEEDED', before]);
    const approved = await test.call('POST', `/v1/proposals/${id}/approve`, undefined, { authorization });
    const first = (await test.call('GET', '/v1/releases/1')).body.digest;
    expect([approved.status, approved.body.digest]).toEqual([201, first]);
    expect(await newest()).toMatchObject({
      number: before + 1,
      origin: 'rollback:1',
      author: 'u-administrator',
      approver: 'u-publisher',
    });
    // That release asks for one person: the way back to the one that asks for two takes two again.
    const again = await test.call('POST', `/v1/releases/${before}/rollback`, { note: 'and forth' });
    expect(again.status).toBe(202);
    const other = await test.call('POST', `/v1/releases/${before}/rollback`, { note: 'the same, later' });
    // In one second: what counts is the newest release, not the time.
    await test.call('POST', `/v1/proposals/${again.body.proposal}/approve`, undefined, { authorization });
    const late = await test.call('POST', `/v1/proposals/${other.body.proposal}/approve`, undefined, { authorization });
    expect([late.status, late.body.code]).toEqual([409, 'RELEASED_SINCE']);
    const turned = await test.call('POST', `/v1/proposals/${other.body.proposal}/withdraw`, undefined, {
      authorization,
    });
    expect(turned.body.state).toBe('withdrawn');
    test.service.clock.set(test.service.clock.now() + 1);
  });

  it('are promoted by two people where publishing asks for two: the second promotes the same digest', async () => {
    const newest = async () => (await test.call('GET', '/v1/releases')).body.releases[0];
    const authorization = `Bearer ${secondPerson}`;
    const before = (await newest()).number;
    const configuration = structuredClone((await test.service.organisation.releases.load(1)).configuration);
    Object.assign(configuration.settings['settings'] ?? {}, { twoPersonPublish: true });
    Object.assign(configuration.task['HP05'] ?? {}, { title: 'Agree the plan' });
    const documents = Object.values(configuration).flatMap((ofKind) => Object.values(ofKind));
    const body = { digest: digestOf(configuration), documents, note: 'from the test site', acceptWarnings: true };
    const promote = (headers?: Record<string, string>) => test.call('POST', '/v1/releases/promote', body, headers);
    const first = await promote();
    expect([first.status, (await newest()).number], JSON.stringify(first.body).slice(0, 300)).toEqual([202, before]);
    expect((await promote()).body).toEqual(first.body);
    const open = (await test.call('GET', '/v1/proposals')).body.proposals[0];
    expect(open).toMatchObject({ id: first.body.proposal, isFromElsewhere: true });
    const { changes } = (await test.call('GET', `/v1/proposals/${open.id}/changes`)).body;
    expect(changes.find(({ document }: { document: string }) => document === 'task/HP05')).toMatchObject({
      change: 'changed',
      parts: [{ pointer: '/title', to: 'Agree the plan' }],
    });
    expect((await test.call('GET', '/v1/proposals/none/changes')).status).toBe(404);
    const here = await test.call('POST', `/v1/proposals/${first.body.proposal}/approve`, undefined, { authorization });
    expect([here.status, here.body.code]).toEqual([409, 'PROMOTE_TO_APPROVE']);
    const second = await promote({ authorization });
    expect([second.status, second.body]).toEqual([201, { number: before + 1, digest: body.digest }]);
    expect(await newest()).toMatchObject({
      origin: `promoted:${body.digest}`,
      note: 'from the test site',
      author: 'u-administrator',
      approver: 'u-publisher',
    });
    const { proposals } = (await test.call('GET', '/v1/proposals')).body;
    expect(proposals.find(({ id }: { id: string }) => id === first.body.proposal)).toMatchObject({
      state: 'published',
      release: before + 1,
    });
  });

  it('run their saved tests, name where a key is used and what the law register says', async () => {
    const tests = (await test.call('POST', '/v1/drafts/main/tests')).body;
    expect(
      tests.failed,
      JSON.stringify(tests.results.filter((one: { passed: boolean }) => !one.passed)).slice(0, 400),
    ).toBe(0);
    const { nodes, rules } = tests.coverage;
    expect(nodes.total - nodes.covered).toBe(nodes.missing.length);
    expect(rules.total).toBeGreaterThan(0);
    expect((await test.call('GET', '/v1/drafts/main/where-used/task/HP03')).body.uses).toHaveLength(1);
    const register = (await test.call('GET', '/v1/drafts/main/law-register')).body;
    expect(register.provisions.map(({ provision }: { provision: string }) => provision)).toContain('HA96');
  });
});
