import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../runtime/service/identity/store.ts';
import { openTestService, type TestService } from '../runtime/service/support/service.ts';
import { root } from './architecture.ts';
import { openBrowser } from './product.ts';

/** The built studio on a test service with a standing clock, and one browser in which several people work. */
export interface ServedStudio {
  test: TestService;
  /** Opens a page of the studio, signed in as a person who has these roles. */
  open(person: string, path: string, roles?: readonly Role[], more?: BrowserContextOptions): Promise<Page>;
  /** Changes fields of a document of the draft, as somebody elsewhere does. */
  change(path: string, part: object): Promise<void>;
  close(): Promise<void>;
}

/** Starts service, server and browser; `close` ends all three. */
export async function serveStudio(studioFolder: string = join(root, 'dist', 'studio')): Promise<ServedStudio> {
  const test = await openTestService(undefined, undefined, studioFolder);
  const server = serve({ fetch: test.app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  return {
    test,
    async open(person, path, roles = ['publisher'], more = {}) {
      const now = Math.floor(Date.now() / 1000);
      const { identities } = test.service;
      await identities.addIdentity(
        { id: person, organisation: 'main', user: person, login: person, roles: [...roles] },
        now,
      );
      const key = await identities.addKey(person, 'test', null, now);
      const context = await browser.newContext({
        bypassCSP: true,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        ...more,
      });
      await context.setExtraHTTPHeaders({ authorization: `Bearer ${key}` });
      const page = await context.newPage();
      await page.goto(`${origin}/studio/${path}`);
      return page;
    },
    async change(path, part) {
      const address = `/v1/drafts/main/documents/${path}`;
      const { document, revision } = (await test.call('GET', address)).body;
      const saved = await test.call('PUT', address, { ...document, ...part }, { 'if-match': `"${revision}"` });
      if (saved.status !== 200) throw new Error(`${path} was not saved: ${JSON.stringify(saved.body)}`);
    },
    async close() {
      await browser.close();
      server.close();
      await test.close();
    },
  };
}
