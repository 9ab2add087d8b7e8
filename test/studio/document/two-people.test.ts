// Two people change the same documents at once, with and without the net: whatever they choose, nothing goes without a word.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { ApiProblem } from '../../../studio/api/client.ts';
import { Autosave, type Conflict, type DraftServer, type Stored } from '../../../studio/document/autosave.ts';
import { DraftStore } from '../../../studio/document/draft-store.ts';
import { isSame } from '../../../studio/document/engine.ts';
import { mergeDocuments, type Side } from '../../../studio/document/merging.ts';
import { settleConflict } from '../../../studio/document/settle-conflict.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const KEYS = ['A', 'B'];
const FIELDS = ['title', 'phone', 'hours'] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], string>>;

const agency = (key: string, fields: Fields): AnyDocument =>
  ({ kind: 'agency', format: 1, key, title: `Agency ${key}`, ...fields }) as AnyDocument;

const onTheWay = () => new Promise((resolve) => setTimeout(resolve, 200));

/** A server of all revisions that were ever saved; each person's net can be cut, with the answer on its way. */
class Server {
  held = new Map(KEYS.map((key) => [`agency/${key}`, { body: agency(key, {}), revision: 1 } as Stored]));
  revisions = new Map(KEYS.map((key) => [`agency/${key}@1`, agency(key, {}) as unknown]));
  last = 1;
  deaf = new Set<Person>();
  away = new Set<Person>();

  for(person: () => Person): DraftServer {
    const reach = async <T>(work: () => T): Promise<T> => {
      await onTheWay();
      if (this.away.has(person())) throw new ApiProblem(0, { detail: 'no net' });
      const answer = work();
      await onTheWay();
      if (this.deaf.has(person())) throw new ApiProblem(0, { detail: 'no answer' });
      return answer;
    };
    const check = (name: string, revision: number | undefined) => {
      if (this.held.get(name)?.revision !== revision) throw new ApiProblem(412, { detail: 'stale' });
    };
    return {
      save: async (name, body, revision) =>
        reach(() => {
          check(name, revision);
          this.last++;
          this.held.set(name, { body, revision: this.last });
          this.revisions.set(`${name}@${this.last}`, body);
          return this.last;
        }),
      remove: async (name, revision) =>
        reach(() => {
          if (!this.held.has(name)) throw new ApiProblem(404, { detail: 'gone' });
          check(name, revision);
          this.held.delete(name);
          return undefined;
        }),
      load: async (name) => reach(() => this.held.get(name)),
    };
  }
}

class Person {
  readonly server: Server;
  readonly store: DraftStore;
  readonly autosave: Autosave;

  constructor(server: Server) {
    this.server = server;
    const agencies = Object.fromEntries(KEYS.map((key) => [key, agency(key, {})]));
    const configuration = { ...emptyConfiguration(), agency: agencies } as never;
    this.store = new DraftStore({ configuration, layouts: {} }, parseDocument);
    const revisions = Object.fromEntries(KEYS.map((key) => [`agency/${key}`, 1]));
    this.autosave = new Autosave(
      server.for(() => this),
      revisions,
      this.store.getView().content,
    );
    this.store.onTouched((names, content, isStep) => this.autosave.touch(names, content, isStep));
  }

  document(name: string): AnyDocument | undefined {
    return this.store.getView().content.configuration.agency[name.slice('agency/'.length)];
  }

  conflict(): Conflict | undefined {
    const state = this.autosave.getState();
    return state.at === 'conflict' ? state : undefined;
  }
}

type Step =
  | { do: 'set'; key: string; field: (typeof FIELDS)[number]; value: string | undefined }
  | { do: 'remove' | 'make'; key: string }
  | { do: 'undo' | 'redo' | 'wait' | 'go on' | 'cut' | 'deafen' | 'mend' }
  | { do: 'settle'; how: 'mine' | 'theirs' | 'merge'; sides: readonly Side[] };

const key = fc.constantFrom(...KEYS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      key,
      field: fc.constantFrom(...FIELDS),
      value: fc.constantFrom('one', 'two', 'three'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'make' as const), key }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'wait' as const,
        'go on' as const,
        'go on' as const,
        'go on' as const,
        'undo' as const,
        'redo' as const,
        'cut' as const,
        'deafen' as const,
        'mend' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      how: fc.constantFrom('mine' as const, 'theirs' as const, 'merge' as const),
      sides: fc.array(fc.constantFrom('mine' as const, 'theirs' as const), { minLength: 4, maxLength: 4 }),
    }),
  },
);

async function take(person: Person, next: Step): Promise<void> {
  const { server, store } = person;
  switch (next.do) {
    case 'set':
      store.run({ type: 'setDocumentField', kind: 'agency', key: next.key, path: [next.field], value: next.value });
      break;
    case 'make':
      store.run({ type: 'putDocument', document: agency(next.key, { hours: 'made anew' }) });
      break;
    case 'remove':
      store.run({ type: 'removeDocument', kind: 'agency', key: next.key });
      break;
    case 'undo':
      store.undo();
      break;
    case 'redo':
      store.redo();
      break;
    case 'wait':
      await vi.advanceTimersByTimeAsync(5000);
      break;
    case 'go on':
      await vi.advanceTimersByTimeAsync(250);
      break;
    case 'cut':
      server.away.add(person);
      break;
    case 'deafen':
      server.deaf.add(person);
      break;
    case 'mend':
      server.away.delete(person);
      server.deaf.delete(person);
      break;
    case 'settle':
      settle(person, next.how, next.sides);
      break;
  }
}

/** Chooses as a person in the dialog, and holds what comes of it against what each of the two had changed. */
function settle(person: Person, how: 'mine' | 'theirs' | 'merge', sides: readonly Side[]): void {
  const conflict = person.conflict();
  if (!conflict) return;
  const { name } = conflict;
  const [base, mine, theirs] = [conflict.base, person.document(name), conflict.theirs?.body] as (
    | AnyDocument
    | undefined
  )[];
  if (how !== 'merge') {
    const chosen = how === 'mine' ? mine : theirs;
    expect(settleConflict(person, conflict, chosen, how)).toBe(undefined);
    expect(person.document(name)).toEqual(chosen);
    return;
  }
  const { clashes } = mergeDocuments(base, mine, theirs, {});
  const choices = Object.fromEntries(clashes.map(({ pointer }, at) => [pointer, sides[at % sides.length] ?? 'mine']));
  const merged = mergeDocuments(base, mine, theirs, choices);
  if (merged.fault !== undefined) return;
  expect(settleConflict(person, conflict, merged.document, how)).toBe(undefined);
  expect(person.document(name)).toEqual(together(base, mine, theirs, choices));
}

/** The model: a field that one changed is as they left it; one that both changed differently is as was chosen. */
function together(
  base: AnyDocument | undefined,
  mine: AnyDocument | undefined,
  theirs: AnyDocument | undefined,
  choices: Readonly<Record<string, Side>>,
): unknown {
  if (!mine || !theirs) {
    if (isSame(base, theirs)) return mine;
    if (isSame(base, mine)) return theirs;
    return choices[''] === 'theirs' ? theirs : mine;
  }
  const [was, own, other] = [base ?? {}, mine, theirs] as Record<string, unknown>[];
  const fields = ['kind', 'format', 'key', ...FIELDS];
  const entries = fields.flatMap((field) => {
    const [a, b, c] = [was?.[field], own?.[field], other?.[field]];
    const value = b === c || a === c ? b : a === b ? c : choices[`/${field}`] === 'theirs' ? c : b;
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(entries);
}

/** What a page may never be wrong about, whatever happens. */
function expectSound(person: Person): void {
  for (const own of KEYS) {
    const name = `agency/${own}`;
    const stored = person.autosave.storedOf(name);
    if (stored?.body) expect(stored.body).toEqual(person.server.revisions.get(`${name}@${stored.revision}`));
    // What is neither saved nor on its way nor asked about would be lost with the page.
    if (!person.autosave.isUnsaved(name)) expect(person.document(name)).toEqual(stored?.body);
  }
}

describe('two people on the same documents', () => {
  it('never lose a change without a choice of theirs, and end with all on the server', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), step), { minLength: 5, maxLength: 40 }), async (steps) => {
        vi.clearAllTimers();
        const server = new Server();
        const [ann, ben] = [new Person(server), new Person(server)];
        for (const [isAnn, next] of steps) {
          const person = isAnn ? ann : ben;
          await take(person, next);
          for (const one of [ann, ben]) expectSound(one);
        }
        server.away.clear();
        server.deaf.clear();
        for (const person of [ann, ben]) {
          for (let turn = 0; turn < 6; turn++) {
            await vi.advanceTimersByTimeAsync(5000);
            settle(person, 'mine', []);
          }
          await vi.advanceTimersByTimeAsync(5000);
          expect(person.autosave.getState()).toEqual({ at: 'saved' });
          expectSound(person);
        }
        // Who saved last has on the server what they see.
        for (const own of KEYS) {
          const name = `agency/${own}`;
          const { held } = server;
          if (ben.autosave.storedOf(name)?.revision === held.get(name)?.revision)
            expect(ben.document(name)).toEqual(held.get(name)?.body);
        }
      }),
      { numRuns: 400 },
    );
  });
});
