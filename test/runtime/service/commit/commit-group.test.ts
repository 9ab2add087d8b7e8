import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitGroup, type GroupCommand, type GroupUnit } from '../../../../runtime/service/commit/commit-group.ts';
import type { Database } from '../../../../runtime/service/db/database.ts';
import { anEvent, openTestDatabase } from '../support/database.ts';

let database: Database;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ database, remove } = await openTestDatabase());
});
afterEach(() => remove());

function command(id: string, stream: string, seqs: number[], key = id): GroupCommand {
  return {
    id,
    key,
    actor: 'a',
    type: 't',
    requestHash: '',
    response: '{}',
    recordedAt: 1,
    events: seqs.map((seq) => anEvent(stream, seq)),
    rows: [
      {
        table: 'messages',
        values: {
          id,
          user_id: 'u',
          case_id: stream,
          task: null,
          title: 't',
          body: 'b',
          urgent: 0,
          created_at: 1,
          read_at: null,
        },
      },
    ],
  };
}

function unit(stream: string, base: number, revision: number, ...commands: GroupCommand[]): GroupUnit {
  return { commands, streams: [{ id: stream, kind: 'case', base, revision }] };
}

async function stored(from: Database = database) {
  const events = await from.query('SELECT stream, seq FROM case_events ORDER BY position');
  const streams = await from.query('SELECT id, revision FROM streams ORDER BY id');
  const commands = await from.query('SELECT id FROM commands ORDER BY id');
  const messages = await from.query('SELECT id FROM messages ORDER BY id');
  return {
    events: events.map((row) => `${row.stream}.${row.seq}`),
    streams: streams.map((row) => `${row.id}@${row.revision}`),
    commands: commands.map((row) => row.id),
    messages: messages.map((row) => row.id),
  };
}

describe('a guarded group', () => {
  it('stores commands, events, rows and revisions together', async () => {
    const taken = await commitGroup(database, [
      unit('c1', 0, 3, command('k1', 'c1', [1, 2]), command('k2', 'c1', [3])),
      unit('c2', 0, 1, command('k3', 'c2', [1])),
    ]);
    expect([...taken].sort()).toEqual(['k1', 'k2', 'k3']);
    expect(await stored()).toEqual({
      events: ['c1.1', 'c1.2', 'c1.3', 'c2.1'],
      streams: ['c1@3', 'c2@1'],
      commands: ['k1', 'k2', 'k3'],
      messages: ['k1', 'k2', 'k3'],
    });
  });

  it('sent again after an unknown outcome, changes nothing and acknowledges the same', async () => {
    const group = [unit('c1', 0, 2, command('k1', 'c1', [1, 2])), unit('c2', 0, 1, command('k2', 'c2', [1]))];
    await commitGroup(database, group);
    const before = await stored();
    expect([...(await commitGroup(database, group))].sort()).toEqual(['k1', 'k2']);
    expect(await stored()).toEqual(before);
  });

  it('sent again after later commands moved the stream on, still changes nothing', async () => {
    const group = [unit('c1', 0, 1, command('k1', 'c1', [1]))];
    await commitGroup(database, group);
    await commitGroup(database, [unit('c1', 1, 2, command('k2', 'c1', [2]))]);
    const before = await stored();
    expect([...(await commitGroup(database, group))]).toEqual(['k1']);
    expect(await stored()).toEqual(before);
  });

  it('drops a stale unit with all its rows and none of its neighbours', async () => {
    await commitGroup(database, [unit('c1', 0, 1, command('k1', 'c1', [1]))]);
    const taken = await commitGroup(database, [
      unit('c1', 0, 1, command('stale', 'c1', [1])),
      unit('c2', 0, 1, command('k2', 'c2', [1])),
    ]);
    expect([...taken]).toEqual(['k2']);
    expect(await stored()).toEqual({
      events: ['c1.1', 'c2.1'],
      streams: ['c1@1', 'c2@1'],
      commands: ['k1', 'k2'],
      messages: ['k1', 'k2'],
    });
  });

  it('drops the whole unit when one of its keys is taken, so that no sequence number is missing', async () => {
    await commitGroup(database, [unit('c1', 0, 1, command('k1', 'c1', [1], 'key'))]);
    const taken = await commitGroup(database, [
      unit('c2', 0, 2, command('k2', 'c2', [1], 'key'), command('k3', 'c2', [2])),
      unit('c3', 0, 1, command('k4', 'c3', [1])),
    ]);
    expect([...taken]).toEqual(['k4']);
    expect((await stored()).events).toEqual(['c1.1', 'c3.1']);
  });

  it('does not acknowledge a command whose events were refused by the sequence trigger', async () => {
    const taken = await commitGroup(database, [unit('c1', 0, 2, command('k1', 'c1', [2]))]);
    expect([...taken]).toEqual([]);
    expect((await stored()).events).toEqual([]);
  });
});

describe('a file, which sees what a statement did before it runs the next', () => {
  /** The same file as a server's database: every statement as it was sent, with its guards. */
  const guarded = (file: Database): Database => ({
    ...file,
    batch: (statements) =>
      file.batch(
        statements.map((one) =>
          typeof one === 'string' ? one : { sql: one.sql, args: [...(one.guard ?? []), ...one.args] },
        ),
      ),
  });
  const part = fc.record({
    stream: fc.constantFrom('c1', 'c2', 'c3'),
    base: fc.integer({ min: 0, max: 3 }),
    keys: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 2 }),
    gap: fc.constantFrom(0, 0, 0, 1),
  });

  it('stores and acknowledges what a server does, whatever is stale, repeated or out of order', {
    timeout: 60_000,
  }, async () => {
    const groups = fc.array(fc.uniqueArray(part, { minLength: 1, maxLength: 3, selector: ({ stream }) => stream }), {
      minLength: 1,
      maxLength: 5,
    });
    const away = await openTestDatabase();
    const server = guarded(away.database);
    let run = 0;
    const property = fc.asyncProperty(groups, async (sent) => {
      run++;
      for (const parts of sent) {
        const group = parts.map(({ stream: name, base, keys, gap }) => {
          const stream = `${run}.${name}`;
          const commands = keys.map((key, at) =>
            command(`${run}.${key}.${at}`, stream, [base + at + 1 + gap], `${run}.${key}`),
          );
          return unit(stream, base, base + keys.length, ...commands);
        });
        const [here, there] = [await commitGroup(database, group), await commitGroup(server, group)];
        expect([...here].sort()).toEqual([...there].sort());
      }
      expect(await stored()).toEqual(await stored(server));
    });
    await fc.assert(property, { numRuns: 30 });
    await away.remove();
  });
});

describe('the event table', () => {
  it('ignores changes, removals and replacements', async () => {
    await commitGroup(database, [unit('c1', 0, 2, command('k1', 'c1', [1, 2]))]);
    await database.batch([
      "UPDATE case_events SET payload = 'x'",
      'DELETE FROM case_events WHERE seq = 2',
      "INSERT OR REPLACE INTO case_events SELECT position, stream, seq, command, actor, effective_at, recorded_at, type, 'x', prev_hash, hash FROM case_events",
    ]);
    const rows = await database.query('SELECT payload FROM case_events');
    expect(rows.map((row) => row.payload)).toEqual(['{}', '{}']);
  });
});
