import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { readConfigurationFolder } from '../../../../runtime/cli/configuration-folder.ts';
import { createApp } from '../../../../runtime/service/app.ts';
import type { Role } from '../../../../runtime/service/identity/store.ts';
import { type DatabasePlaces, openService } from '../../../../runtime/service/main.ts';
import { importConfiguration } from '../../../../runtime/service/operations/import-configuration.ts';
import type { Organisations } from '../../../../runtime/service/organisations/organisations.ts';
import type { Service, ServiceEnv } from '../../../../runtime/service/service.ts';

/** Saturday 21 November 2026, 09:00 UTC is no working day; Monday the 23rd is one. */
export const MONDAY = Date.UTC(2026, 10, 23, 9) / 1000;

export interface TestService {
  service: Service;
  organisations: Organisations;
  app: Hono<ServiceEnv>;
  folder: string;
  /** A request with the administrator's key; `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  keyFor(role: Role): Promise<string>;
  /** Closes it and removes its folder. */
  close(): Promise<void>;
  /** Closes it; the folder stays. */
  leave(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  body: any;
}

/** The whole service on a real database in a folder of its own, with the shipped configuration published and a clock that stands still. */
export async function openTestService(
  folder = mkdtempSync(join(tmpdir(), 'lintel-service-')),
  databases?: DatabasePlaces,
  studioFolder: string | null = null,
): Promise<TestService> {
  const opened = await openService({
    data: folder,
    ...(databases ? { databases } : {}),
    previewClock: true,
    studioFolder,
    onLost: (error) => {
      throw error;
    },
    onError: (error) => {
      throw error;
    },
  });
  const { service } = opened;
  service.clock.set(MONDAY);
  if ((await service.organisation.releases.newestNumber()) === null) {
    await importConfiguration(service.organisation, readConfigurationFolder('configurations/housing-england'));
    await addPeople(service);
  }
  opened.organisations.ready = true;
  const app = createApp(opened.organisations);
  const real = Math.floor(Date.now() / 1000);
  const keyFor = async (role: Role) => {
    await service.identities.addIdentity(
      { id: `i-${role}`, organisation: 'main', user: `u-${role}`, login: role, roles: [role] },
      real,
    );
    return service.identities.addKey(`i-${role}`, 'test', null, real);
  };
  const key = await keyFor('administrator');
  return {
    service,
    organisations: opened.organisations,
    app,
    folder,
    keyFor,
    async call(method, path, body, headers = {}) {
      const response = await app.request(path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    leave: () => opened.close(),
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One person in every team, and the administrator in all of them. */
async function addPeople(service: Service): Promise<void> {
  const { organisation } = service;
  const { configuration } = await organisation.releases.newest();
  const teams = Object.keys(configuration.team);
  const rows = [['u-administrator', teams] as const, ...teams.map((team) => [`u-${team}`, [team]] as const)].map(
    ([id, own]) => ({
      sql: "INSERT INTO directory_users (id, name, email, teams, manager, skills, active, absences) VALUES (?, ?, ?, ?, 'u-administrator', '[]', 1, '[]')",
      args: [id, `Person ${id}`, `${id}@example.org`, JSON.stringify(own)],
    }),
  );
  await organisation.database.batch(rows);
  organisation.refresh();
}

/** Answers of a saved test of the shipped configuration: complete and consistent. */
export async function answersFor(service: Service, test: string): Promise<Record<string, unknown>> {
  const { configuration } = await service.organisation.releases.newest();
  return { ...configuration.test[test]?.answers };
}
