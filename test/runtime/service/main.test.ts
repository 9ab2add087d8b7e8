import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigurationFolder } from '../../../runtime/cli/configuration-folder.ts';
import { configFrom } from '../../../runtime/service/config.ts';
import { openDatabase, runOnFile } from '../../../runtime/service/db/connect.ts';
import { readMigrations } from '../../../runtime/service/db/migrate.ts';
import { startService } from '../../../runtime/service/main.ts';
import { freePort } from '../../support/free-port.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'lintel-main-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** A control database that refuses one kind of change, as a full disk does at that moment. */
async function refuse(change: string): Promise<void> {
  const file = join(data, 'control.db');
  const control = await openDatabase(`file:${file}`, { onLost() {}, migrations: readMigrations('control') });
  await control.close();
  await runOnFile(file, `CREATE TRIGGER no_room BEFORE ${change} BEGIN SELECT RAISE(ABORT, 'no room'); END`);
}

const start = async (said: string[]) => {
  const port = await freePort();
  const configuration = () => readConfigurationFolder('configurations/housing-england');
  const service = startService(
    configFrom({}, { data, port }),
    { configuration, studioFolder: join(data, 'none') },
    {
      say: (text) => said.push(text),
      onLost(error) {
        throw error;
      },
    },
  );
  return { service, address: `http://127.0.0.1:${port}/healthz` };
};

describe('a service', () => {
  it('that fails when it listens already answers nobody and leaves no lock', async () => {
    await refuse('INSERT ON one_time_tokens');
    const { service, address } = await start([]);
    await expect(service).rejects.toThrow(/no room/);
    await expect(fetch(address)).rejects.toThrow();
    expect(existsSync(join(data, 'lintel.lock'))).toBe(false);
  });

  it('that cannot note when an organisation has work next stops all the same, says so and leaves no lock', async () => {
    await refuse('UPDATE OF next_wake ON organisations WHEN NEW.next_wake IS NOT 0');
    const said: string[] = [];
    const { service } = await start(said);
    await (await service).stop();
    expect(said.join('\n')).toMatch(/organisation main: .*no room/);
    expect(existsSync(join(data, 'lintel.lock'))).toBe(false);
  });
});
