import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../../runtime/service/app.ts';
import { openForReading } from '../../../../runtime/service/db/connect.ts';
import { openOrganisations } from '../../../../runtime/service/main.ts';
import { inspectBackup } from '../../../../runtime/service/operations/backup.ts';
import { operationsConfigFrom } from '../../../../runtime/service/operations/operations.ts';
import { nextWork } from '../../../../runtime/service/organisations/next-work.ts';
import type { Organisations } from '../../../../runtime/service/organisations/organisations.ts';
import { caseLifeConfiguration } from '../../../bench/support/case-life-configuration.ts';

let folder: string;
let errors: string[];
let house: { organisations: Organisations; close(): Promise<void> };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-organisations-'));
  errors = [];
  house = await open();
});
afterEach(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<typeof house> {
  const opened = await openOrganisations({
    data: folder,
    previewClock: false,
    studioFolder: null,
    idleSeconds: 0,
    operations: { ...operationsConfigFrom({}), backupFolder: join(folder, 'backups') },
    configuration: () => caseLifeConfiguration('ladders'),
    onLost: (error) => errors.push(`lost: ${error.message}`),
    onError: (error) => errors.push((error as Error).message.split('\n')[0] ?? ''),
  });
  opened.organisations.ready = true;
  return opened;
}

const standing = async () =>
  Object.fromEntries((await house.organisations.list()).map(({ id, isOpen, nextWake }) => [id, [isOpen, nextWake]]));

/** An administrator's key and a case of an organisation. */
async function settle(id: string): Promise<{ key: string; caseId: string }> {
  const { identities } = house.organisations;
  const now = Math.floor(Date.now() / 1000);
  const identity = { id: `i-${id}`, organisation: id, user: `u-${id}`, login: `admin of ${id}` };
  await identities.addIdentity({ ...identity, roles: ['administrator'] }, now);
  const key = await identities.addKey(`i-${id}`, 'test', null, now);
  const body = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: `Person of ${id}` } };
  const reply = await call(key, 'POST', '/v1/enquiries', body);
  expect(reply.status).toBe(201);
  return { key, caseId: (reply.body as { caseId: string }).caseId };
}

async function call(key: string, method: string, path: string, body?: unknown) {
  const response = await createApp(house.organisations).request(path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('an organisation', () => {
  it('is opened when it is asked for, closed when it is idle, and opened again for its work', {
    timeout: 60_000,
  }, async () => {
    const { organisations } = house;
    await organisations.start();
    await organisations.look();
    await organisations.add({ id: 'north', name: 'North Council' });
    const { key, caseId } = await settle('north');
    expect(await standing()).toMatchObject({ north: [true, 0] });
    // Ticker and couriers work off what the launch brought; then only the case's own time is left.
    const next = () => organisations.use('north', (service) => nextWork(service.organisation));
    let due = await next();
    while (due === null || due <= Math.floor(Date.now() / 1000) + 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      due = await next();
    }
    await organisations.look();
    expect(await standing()).toMatchObject({ north: [false, due] });
    // Asked again, it is all there.
    expect((await call(key, 'GET', `/v1/cases/${caseId}`)).status).toBe(200);
    await organisations.look();
    expect(await standing()).toMatchObject({ north: [false, due] });
    // Its time has come.
    await organisations.use('main', ({ control }) =>
      control.batch(["UPDATE organisations SET next_wake = 1 WHERE id = 'north'"]),
    );
    // Opened, done, closed again: its next work is its own once more.
    await organisations.look();
    expect(await standing()).toMatchObject({ north: [false, due] });
    expect(errors).toEqual([]);
  });

  it('that was open when the process was killed is looked at by the next', async () => {
    await house.organisations.add({ id: 'north', name: 'North Council' });
    expect(await standing()).toMatchObject({ north: [true, 0] });
    const copy = mkdtempSync(join(tmpdir(), 'lintel-killed-'));
    await house.organisations.use('main', ({ control }) => control.copyTo(join(copy, 'control.db')));
    const control = openForReading(join(copy, 'control.db'));
    const rows = await control.query("SELECT next_wake FROM organisations WHERE id = 'north'");
    control.close();
    rmSync(copy, { recursive: true });
    expect(rows).toEqual([{ next_wake: 0 }]);
  });

  it('with a broken database is refused with 503, and the others go on', async () => {
    const { organisations } = house;
    for (const id of ['north', 'south']) await organisations.add({ id, name: id });
    const [north, south] = [await settle('north'), await settle('south')];
    const first = await settle('main');
    await house.close();
    writeFileSync(join(folder, 'organisations', 'north.db'), 'no database at all, not even nearly');
    house = await open();
    const read = ({ key, caseId }: typeof north) => call(key, 'GET', `/v1/cases/${caseId}`);
    const { status, body } = await read(north);
    expect([status, body.code]).toEqual([503, 'ORGANISATION_UNAVAILABLE']);
    expect((await read(south)).status).toBe(200);
    expect((await read(first)).status).toBe(200);
    expect(errors.some((error) => error.startsWith('organisation north:'))).toBe(true);
    const ready = await createApp(house.organisations).request('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: 'degraded', problems: [{ code: 'ORGANISATION_UNAVAILABLE' }] },
    ]);
    expect((await createApp(house.organisations).request('/o/north/start')).status).toBe(503);
    expect((await createApp(house.organisations).request('/o/south/start')).status).toBe(200);
  });

  it('that is the first one and broken does not keep the others from being served', async () => {
    await house.organisations.add({ id: 'south', name: 'South' });
    const south = await settle('south');
    await house.close();
    writeFileSync(join(folder, 'organisations', 'main.db'), 'no database at all, not even nearly');
    house = await open();
    expect((await call(south.key, 'GET', `/v1/cases/${south.caseId}`)).status).toBe(200);
    expect((await createApp(house.organisations).request('/start')).status).toBe(503);
  });

  it('has backups of its own, in which nothing of another is', { timeout: 60_000 }, async () => {
    await house.organisations.add({ id: 'north', name: 'North Council' });
    await settle('north');
    const { key } = await settle('main');
    const made = await house.organisations.use('north', ({ operations }) => operations.backup('test'));
    expect(made.folder.startsWith(join(folder, 'backups', 'north'))).toBe(true);
    expect((await inspectBackup(made.folder)).faults).toEqual([]);
    expect(readdirSync(join(made.folder, 'organisations')).sort()).toEqual(['north', 'north.db']);
    const control = openForReading(join(made.folder, 'control.db'));
    const count = async (sql: string) => Number((await control.query(sql))[0]?.n);
    expect(await count("SELECT COUNT(*) AS n FROM person_keys WHERE organisation <> 'north'")).toBe(0);
    expect(await count('SELECT COUNT(*) AS n FROM person_keys')).toBeGreaterThan(0);
    expect(await count('SELECT COUNT(*) AS n FROM api_keys')).toBe(1);
    control.close();
    expect(readFileSync(join(made.folder, 'control.db')).includes('admin of main')).toBe(false);
    expect((await call(key, 'GET', '/v1/cases')).status).toBe(200);
  });

  it('gets its first administrator by its own set-up link, and customers’ pages below its path', async () => {
    const { setupToken } = await house.organisations.add({ id: 'north', name: 'North Council' });
    const app = createApp(house.organisations);
    const made = await app.request('/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: setupToken, name: 'Nora', password: 'correct horse battery' }),
    });
    const cookie = made.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = (await (await app.request('/v1/me', { headers: { cookie } })).json()) as { organisation: unknown };
    expect(me.organisation).toEqual({ id: 'north', name: 'North Council' });
    const page = await app.request('/o/north/start');
    const text = await page.text();
    expect(text).toContain('North Council');
    const links = [...text.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !link.startsWith('/assets/') && !link.startsWith('/o/north/'))).toEqual([]);
    expect((await app.request('/o/south/start')).status).toBe(404);
  });

  it('is refused where its key is taken or no key', async () => {
    await house.organisations.add({ id: 'north', name: 'North' });
    await expect(house.organisations.add({ id: 'north', name: 'Again' })).rejects.toMatchObject({ status: 409 });
    for (const id of ['../x', 'A', 'x', 'has space', `a${'b'.repeat(40)}`])
      await expect(house.organisations.add({ id, name: 'x' })).rejects.toMatchObject({ status: 422 });
  });

  it('that is closed is opened again for what its last turn brought', async () => {
    const { organisations } = house;
    await organisations.add({ id: 'north', name: 'North Council' });
    await organisations.use('north', async ({ ticker, organisation }) => {
      // A ticker that is still at work as it is told to stop: its last turn leaves a message to send.
      const stop = ticker.stop;
      ticker.stop = async () => {
        await stop();
        await organisation.database.batch([
          `INSERT INTO outbox (id, case_id, recipient, channel, template, language, urgent, variables, idempotency_key, state, not_before, created_at)
           VALUES ('m', 'c', 'r', 'email', 't', 'en', 0, '{}', 'k', 'pending', 1, 1)`,
        ]);
      };
    });
    await organisations.look();
    const [isOpen, next] = (await standing()).north ?? [];
    expect(isOpen).toBe(false);
    expect(next).not.toBeNull();
    expect(next).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
  });
});
