import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  actInPlay,
  allowedInPlay,
  buildAdviceBook,
  compileWorkflow,
  effectiveAnswers,
  emptyWorld,
  launchPlay,
  nextTimer,
  type PlayGround,
  type PlaySession,
  type PlayWorld,
  waitInPlay,
} from '../../../../runtime/engine/index.ts';
import { commandCase } from '../../../../runtime/service/cases/command-case.ts';
import { asCaseEvent, readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { submitEnquiry } from '../../../../runtime/service/enquiries/submit-enquiry.ts';
import { passTimeTo } from '../../../../runtime/service/operations/preview-clock.ts';
import { Problem } from '../../../../runtime/service/problem.ts';
import type { CaseCommand } from '../../../../schemas/case-command.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import { seededRandom } from '../../../../studio/play/seeded-random.ts';
import { generateWorkflow } from '../../../support/generated-workflow.ts';
import { randomAnswers, randomCommand } from '../../../support/random-commands.ts';
import { openTestService, type TestService } from '../support/service.ts';

/** How many cases are lived; the whole proof is 1,000: `LINTEL_PLAY_SCENARIOS=1000`. */
const SCENARIOS = Number(process.env['LINTEL_PLAY_SCENARIOS'] ?? 24);
const STEPS = 10;
const GENERATED = 6;
const ACTOR = 'u-administrator';
const DAY = 86_400;

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
  const { configuration } = await test.service.organisation.releases.newest();
  const random = seededRandom(7);
  for (let at = 1; at <= GENERATED; at++) {
    const { workflow, tasks } = generateWorkflow(configuration, `GEN${at}`, random);
    for (const document of [...tasks, workflow]) {
      const path = `/v1/drafts/main/documents/${document.kind}/${document.key}`;
      const { status, body } = await test.call('PUT', path, document, { 'if-none-match': '*' });
      expect(status, JSON.stringify(body)).toBeLessThan(300);
    }
  }
  const { status, body } = await test.call('POST', '/v1/releases', { note: 'Generated', acceptWarnings: true });
  expect(status, JSON.stringify(body.findings ?? body)).toBe(201);
}, 60_000);
afterAll(() => test.close());

describe('playing a case', () => {
  it(
    `tells the same events as the server over ${SCENARIOS} scenarios of chance`,
    async () => {
      const { organisation } = test.service;
      const release = await organisation.releases.newest();
      const keys = Object.keys(release.configuration.workflow);
      let world = emptyWorld;
      const lived = { commands: 0, refused: 0, events: 0 };
      for (let seed = 1; seed <= SCENARIOS; seed++) {
        const key = keys[seed % keys.length] ?? 'HP';
        world = await compare(key, seed, world, lived);
      }
      console.log(
        `${SCENARIOS} scenarios: ${lived.commands} commands, ${lived.refused} of them refused alike, ${lived.events} events alike`,
      );
    },
    SCENARIOS * 3_000,
  );
});

/** Lives one case on both, command by command, and compares everything they wrote. */
async function compare(
  key: string,
  seed: number,
  world: PlayWorld,
  lived: { commands: number; refused: number; events: number },
): Promise<PlayWorld> {
  const { service } = test;
  const { organisation, clock } = service;
  const release = await organisation.releases.newest();
  const { configuration } = release;
  const random = seededRandom(seed);
  const book = buildAdviceBook(configuration, key);
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const ground: PlayGround = {
    bundle: compileWorkflow({ configuration, number: release.number, digest: release.digest }, key),
    calendars: await organisation.calendars(),
    directory: await organisation.directory(),
    advice: { book, zone },
  };
  await passTimeTo(service, clock.now() + Math.floor(random() * 3 * DAY));
  const asAt = new Date(clock.now() * 1000).toISOString().slice(0, 10);
  const given = randomAnswers(book.questions, random, asAt);
  const { answers } = effectiveAnswers(book.questions, given, asAt, book.named);
  const launched = launchPlay(ground, { at: clock.now(), actor: ACTOR, answers }, world);
  if (!launched.ok) throw new Error(launched.rejection.reason);
  let session = launched.session;
  const caseId = await enquire(key, given);
  const log: string[] = [`${key} seed ${seed} ${JSON.stringify(given)}`];
  for (let step = 0; step < STEPS; step++) {
    session = await wait(session, random, log);
    const command = randomCommand(session, allowedInPlay(session, ACTOR), random);
    if (!command) continue;
    session = await send(session, caseId, command, log, lived);
  }
  session = await send(session, caseId, { type: 'cancelCase', reason: 'enough' }, log, lived);
  const stored = (await readEvents(organisation, caseId)).map(asCaseEvent);
  expect(toTrace(session.events), log.join('\n')).toEqual(toTrace(stored));
  lived.events += stored.length;
  return session.played.world;
}

async function enquire(workflow: string, answers: Answers): Promise<string> {
  const customer = { name: 'Ada Example', email: 'ada@example.org' };
  const body = { workflow, answers, customer, allowIncomplete: true };
  const { caseId } = await submitEnquiry(test.service.organisation, body, { actor: ACTOR, channel: 'officer' });
  return caseId;
}

/** Time passes on both: to the next timer, by hours or by days, or not at all. */
async function wait(session: PlaySession, random: () => number, log: string[]): Promise<PlaySession> {
  const choice = random();
  const timer = nextTimer(session);
  const until =
    choice < 0.3
      ? session.now
      : choice < 0.6 && timer !== null && timer < session.now + 60 * DAY
        ? timer
        : session.now + Math.floor(random() * (choice < 0.9 ? DAY : 8 * DAY));
  if (until === session.now) return session;
  log.push(`wait until ${until}`);
  await passTimeTo(test.service, until);
  await test.service.ticker.runOnce('due');
  return waitInPlay(session, until);
}

/** One command on both: taken by both, or refused by both with the same code. */
async function send(
  session: PlaySession,
  caseId: string,
  command: CaseCommand,
  log: string[],
  lived: { commands: number; refused: number },
): Promise<PlaySession> {
  log.push(`${session.now} ${JSON.stringify(command)}`);
  const result = actInPlay(session, ACTOR, command);
  const served = await commandCase(test.service.organisation, caseId, command, { actor: ACTOR }).then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );
  expect(result.ok ? 'done' : result.rejection.code, log.join('\n')).toBe(served);
  lived.commands++;
  if (result.ok) return result.session;
  lived.refused++;
  return session;
}

/** Events without what the store adds; identifiers by their first appearance, the ticker under the name it has in play. */
function toTrace(events: readonly CaseEvent[]): string[] {
  const names = new Map<string, string>();
  const named = (id: string) => {
    if (!names.has(id)) names.set(id, `#${names.size + 1}`);
    return names.get(id) as string;
  };
  return events.map(({ seq, type, actor, effectiveAt, recordedAt, payload }) =>
    JSON.stringify([
      seq,
      type,
      actor === 'ticker' ? 'system' : actor,
      effectiveAt,
      recordedAt,
      inKeyOrder(payload),
    ]).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\bid-\d+\b/g, named),
  );
}

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inKeyOrder(one)]));
}
