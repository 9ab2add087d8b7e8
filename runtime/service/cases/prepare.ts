import { randomBytes } from 'node:crypto';
import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { CompiledWorkflow, DecideEnv } from '../../engine/index.ts';
import { intOf, jsonOf, textOf, textOrNull } from '../db/database.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { unseal } from '../identity/secrets.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { lastOfficerOf, weighedBy } from './workloads.ts';

/** What one case's decision needs beside its state, loaded before it is queued. */
export interface PreparedCase {
  id: string;
  /** Whose key seals the case's personal values: the customer, or the case itself when there is none. */
  person: string;
  key: Buffer;
  bundle: CompiledWorkflow;
  /** The service resource whose action plan it is (P11). */
  subject: string | null;
  /** Where the answers came from: the decision is made again when the case has others by then. */
  answersRef: string | null;
  /** The case's revision at which its fields were read; null when the workflow asks for none. */
  readAt: number | null;
  answers: Answers;
  /** People whose load its decisions look at (L3, L5): read in the view of the group, and guarded. */
  weighed: readonly string[];
  /** The release it was launched under; not needed to launch. */
  loaded?: LoadedRelease;
  env: Omit<DecideEnv, 'now' | 'actor' | 'ids' | 'answers' | 'cursors' | 'loads' | 'lastAllocated'>;
}

/** What stays the same of a case from command to command; whether it still holds is asked when deciding. */
interface Remembered {
  person: string;
  workflow: string;
  release: number;
  subject: string | null;
  answersRef: string | null;
  answers: Answers;
  ready?: ReadyCase;
}

/** What the next command of the case needs too, while directory and calendars are the ones it was made with. */
interface ReadyCase {
  prepared: PreparedCase;
  directory: ReturnType<Organisation['directory']>;
  calendars: ReturnType<Organisation['calendars']>;
}

const MOST_REMEMBERED = 2048;
const remembered = new WeakMap<Organisation, Map<string, Remembered>>();

function memoryOf(organisation: Organisation): Map<string, Remembered> {
  const known = remembered.get(organisation);
  if (known) return known;
  const made = new Map<string, Remembered>();
  remembered.set(organisation, made);
  return made;
}

/** Forgets what was loaded for a case's decisions. */
export function forgetPrepared(organisation: Organisation, id: string): void {
  memoryOf(organisation).delete(id);
}

/** Remembers what a case was just launched with, so that its first command need not read it. */
export function rememberPrepared(organisation: Organisation, id: string, launched: Remembered): void {
  const memory = memoryOf(organisation);
  const oldest = memory.size >= MOST_REMEMBERED ? memory.keys().next().value : undefined;
  if (oldest !== undefined) memory.delete(oldest);
  memory.set(id, launched);
}

/** The prepared case with the answers it has now: those remembered may have been corrected since. */
export async function prepareAsOf(
  organisation: Organisation,
  id: string,
  answersRef: string | null,
): Promise<PreparedCase> {
  const prepared = await prepareCase(organisation, id);
  if (prepared.answersRef === answersRef) return prepared;
  forgetPrepared(organisation, id);
  return prepareCase(organisation, id);
}

/** Loads bundles, answers and keys of many cases with one read each; cases that do not exist are missing. */
export async function prepareCases(
  organisation: Organisation,
  ids: readonly string[],
): Promise<Map<string, PreparedCase>> {
  const memory = memoryOf(organisation);
  const missing = ids.filter((id) => !memory.has(id));
  const found = new Map(ids.flatMap((id) => [[id, memory.get(id)] as const]));
  if (missing.length > 0) for (const [id, one] of await readCases(organisation, missing)) found.set(id, one);
  const keys = await organisation.keys.findAll([...found.values()].flatMap((one) => one?.person ?? []));
  const prepared = new Map<string, PreparedCase>();
  for (const [id, one] of found) {
    if (one)
      prepared.set(id, readyCase(organisation, one) ?? (await toPrepared(organisation, id, one, keys.get(one.person))));
  }
  return prepared;
}

/** The case as prepared for the command before; undefined where anything of it may be another by now. */
function readyCase(organisation: Organisation, one: Remembered | undefined): PreparedCase | undefined {
  const ready = one?.ready;
  if (!ready) return undefined;
  const holds = ready.directory === organisation.directory() && ready.calendars === organisation.calendars();
  return holds ? ready.prepared : undefined;
}

async function toPrepared(
  organisation: Organisation,
  id: string,
  one: Remembered,
  key: Buffer | undefined,
): Promise<PreparedCase> {
  const seen = { directory: organisation.directory(), calendars: organisation.calendars() };
  const { person, workflow, release, subject, answersRef } = one;
  const loaded = await organisation.releases.load(release);
  const bundle = loaded.bundleOf(workflow);
  const readsFields = key !== undefined && mentions(bundle, 'taskField');
  const fields = readsFields ? await fieldsOf(organisation, id, key) : undefined;
  const readsOfficer = mentions(bundle, 'lastOfficer');
  const common = await commonEnv(organisation, bundle);
  const prepared: PreparedCase = {
    id,
    person,
    // An erased person's case goes on: what it writes from now on is sealed under a key nobody keeps.
    key: key ?? randomBytes(32),
    bundle,
    loaded,
    subject,
    answersRef,
    get answers() {
      return key ? one.answers : {};
    },
    readAt: fields?.readAt ?? null,
    weighed: common.weighed,
    env: {
      ...common.env,
      ...(readsOfficer ? await lastOfficerOf(organisation, person, id) : {}),
      ...(fields ? { taskFields: fields.taskFields } : {}),
    },
  };
  if (key && !readsFields && !readsOfficer) one.ready = { prepared, ...seen };
  return prepared;
}

async function readCases(organisation: Organisation, ids: readonly string[]): Promise<Map<string, Remembered>> {
  const { database, keys } = organisation;
  const heads = await database.query(
    `SELECT c.id, c.workflow, c.release, c.customer, c.answers_ref, v.sealed, r.id AS subject FROM cases c
     LEFT JOIN personal_values v ON v.ref = c.answers_ref LEFT JOIN resources r ON r.plan_case = c.id WHERE c.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  const known = await keys.findAll(heads.map((row) => personOf(textOf(row, 'id'), textOrNull(row, 'customer'))));
  return new Map(
    heads.map((row) => {
      const id = textOf(row, 'id');
      const person = personOf(id, textOrNull(row, 'customer'));
      const key = known.get(person);
      const [answersRef, sealed] = [textOrNull(row, 'answers_ref'), textOrNull(row, 'sealed')];
      const subject = textOrNull(row, 'subject');
      const [workflow, release] = [textOf(row, 'workflow'), intOf(row, 'release')];
      let answers: Answers | undefined;
      const one = {
        person,
        workflow,
        release,
        subject,
        answersRef,
        // Opened when a condition asks for them: what time brings by the thousand mostly does not.
        get answers() {
          answers ??= key && answersRef && sealed ? (unseal(key, answersRef, sealed) as Answers) : {};
          return answers;
        },
      };
      rememberPrepared(organisation, id, one);
      return [id, one] as const;
    }),
  );
}

export function personOf(caseId: string, customer: string | null): string {
  return customer ?? `case:${caseId}`;
}

/** What does not depend on the case: the common part of the environment, and whose load is looked at. */
export async function commonEnv(organisation: Organisation, bundle: CompiledWorkflow) {
  const directory = await organisation.directory();
  const env = { calendars: await organisation.calendars(), directory, linked: {} };
  return { env, weighed: weighedBy(bundle, directory) };
}

/** Whether a bundle uses a word at all; asked once a bundle, it saves reads that most workflows never need. */
function mentions(bundle: CompiledWorkflow, word: string): boolean {
  let known = mentioned.get(bundle);
  if (!known) {
    known = new Map();
    mentioned.set(bundle, known);
  }
  let found = known.get(word);
  if (found === undefined) {
    found = JSON.stringify(bundle).includes(`"${word}"`);
    known.set(word, found);
  }
  return found;
}
const mentioned = new WeakMap<CompiledWorkflow, Map<string, boolean>>();

/** Stored fields by task. The revision is read first: fields younger than it make the decision start again, never go unseen. */
async function fieldsOf(organisation: Organisation, id: string, key: Buffer) {
  const [head] = await organisation.database.query('SELECT revision FROM streams WHERE id = ?', [id]);
  const rows = await organisation.database.query(
    "SELECT payload FROM case_events WHERE stream = ? AND type = 'taskCompleted' ORDER BY seq",
    [id],
  );
  const taskFields: Record<string, Record<string, AnswerValue>> = {};
  for (const row of rows) {
    const payload = jsonOf<{ task: string; fields: Record<string, string> }>(row, 'payload');
    const node = payload.task.split('.')[0] ?? payload.task;
    taskFields[node] = (await openValues(organisation, key, payload.fields)) as Record<string, AnswerValue>;
  }
  return { taskFields, readAt: head ? intOf(head, 'revision') : 0 };
}

/** Opens personal values by reference; what is not there (or erased) is left out. */
export async function openValues(
  { database }: Organisation,
  key: Buffer,
  refs: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const rows = await database.query(
    'SELECT ref, sealed FROM personal_values WHERE ref IN (SELECT value FROM json_each(?))',
    [JSON.stringify(Object.values(refs))],
  );
  const sealed = new Map(rows.map((row) => [textOf(row, 'ref'), textOf(row, 'sealed')]));
  return Object.fromEntries(
    Object.entries(refs).flatMap(([name, ref]) => {
      const text = sealed.get(ref);
      return text === undefined ? [] : [[name, unseal(key, ref, text)]];
    }),
  );
}

/** The prepared case; throws 404 when it does not exist. Calls of the same turn of the event loop share one read. */
export async function prepareCase(organisation: Organisation, id: string): Promise<PreparedCase> {
  const ready = readyCase(organisation, memoryOf(organisation).get(id));
  if (ready) return ready;
  let waiting = waitingReads.get(organisation);
  if (!waiting) {
    const ids: string[] = [];
    const read = Promise.resolve().then(() => {
      waitingReads.delete(organisation);
      return prepareCases(organisation, [...new Set(ids)]);
    });
    waiting = { ids, read };
    waitingReads.set(organisation, waiting);
  }
  waiting.ids.push(id);
  const prepared = (await waiting.read).get(id);
  if (!prepared) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  return prepared;
}

const waitingReads = new WeakMap<Organisation, { ids: string[]; read: Promise<Map<string, PreparedCase>> }>();
