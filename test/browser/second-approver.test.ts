// Publishing where two people are asked for: one puts the draft forward, another approves it, both in the studio.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type TestService } from '../runtime/service/support/service.ts';
import { root } from '../support/architecture.ts';
import { findBarriers } from '../support/axe.ts';
import { openBrowser } from '../support/product.ts';

let browser: Browser;
let service: TestService;
let server: ServerType;
let origin: string;

beforeAll(async () => {
  service = await openTestService(undefined, undefined, join(root, 'dist', 'studio'));
  server = serve({ fetch: service.app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
  const change = async (path: string, part: object) => {
    const address = `/v1/drafts/main/documents/${path}`;
    const { document, revision } = (await service.call('GET', address)).body;
    const saved = await service.call('PUT', address, { ...document, ...part }, { 'if-match': `"${revision}"` });
    expect(saved.status).toBe(200);
  };
  await change('settings/settings', { twoPersonPublish: true });
  await change('agency/SHELTER', { hours: 'All day' });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await service?.close();
});

async function open(person: string, path: string): Promise<Page> {
  const now = Math.floor(Date.now() / 1000);
  const { identities } = service.service;
  const identity = { id: person, organisation: 'main', user: person, login: person, roles: ['publisher' as const] };
  await identities.addIdentity(identity, now);
  const key = await identities.addKey(person, 'test', null, now);
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await context.setExtraHTTPHeaders({ authorization: `Bearer ${key}` });
  await page.goto(`${origin}/studio/${path}`);
  return page;
}

describe('a draft that needs a second person', () => {
  it('is put forward by one, approved by another, and names both', async () => {
    const author = await open('ann', 'publish');
    await author.getByText('2 documents differ from release 1').waitFor();
    await author.getByRole('button', { name: 'Note and publish' }).click();
    await author.getByLabel('What this release changes').fill('Open all day');
    const accept = author.getByLabel(/^I have read/);
    if (await accept.count()) await accept.check();
    await author.getByRole('button', { name: 'Put forward for approval' }).click();
    await author.getByText('It waits for somebody else').waitFor();
    await author.getByRole('button', { name: 'Take back' }).waitFor();
    expect(await author.getByRole('button', { name: 'Approve and publish' }).count()).toBe(0);

    const approver = await open('ben', 'releases');
    await approver.getByText('Open all day').waitFor();
    expect(await findBarriers(approver)).toEqual([]);
    await approver.getByRole('button', { name: 'Approve and publish' }).focus();
    await approver.keyboard.press('Enter');
    await approver.getByText('ann, approved by ben', { exact: false }).waitFor();
    const { number, author: by, approver: and } = (await service.call('GET', '/v1/releases/2')).body;
    expect([number, by, and]).toEqual([2, 'ann', 'ben']);
  }, 120_000);
});
