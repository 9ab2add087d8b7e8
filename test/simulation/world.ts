import { join } from 'node:path';
import { verifyChain } from '../../runtime/service/audit/verify-chain.ts';
import { commandCase } from '../../runtime/service/cases/command-case.ts';
import { createClock } from '../../runtime/service/clock.ts';
import type { Answer } from '../../runtime/service/commit/decide-group.ts';
import { openDatabase } from '../../runtime/service/db/connect.ts';
import { readMigrations } from '../../runtime/service/db/migrate.ts';
import { deliveryConfigFrom } from '../../runtime/service/delivery/channels.ts';
import { submitEnquiry } from '../../runtime/service/enquiries/submit-enquiry.ts';
import { createDelivery } from '../../runtime/service/notify/deliver.ts';
import { importConfiguration } from '../../runtime/service/operations/import-configuration.ts';
import { type Organisation, openOrganisation } from '../../runtime/service/organisation.ts';
import { Problem } from '../../runtime/service/problem.ts';
import { createTicker } from '../../runtime/service/timers/ticker.ts';
import { caseLifeConfiguration, LIFE_TASKS } from '../bench/support/case-life-configuration.ts';
import {
  connectFaulty,
  type Faults,
  noFaults,
  openSimulatedServer,
  type SimulatedNode,
  type SimulatedServer,
} from './faulty-database.ts';
import { findViolations } from './invariants.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

const ORGANISATION = { id: 'main', secret: 'simulated' };
const NODES = 3;
const CLIENTS = 4;
const MOST_STEPS = 60_000;

export interface Outcome {
  violations: string[];
  acknowledged: number;
  faults: number;
  crashes: number;
  events: number;
  log: string[];
  digest: string;
}

/** The databases every seed begins with: migrated, published, with two people. */
export async function makeTemplate(folder: string, time: { now: number }): Promise<void> {
  const open = (kind: 'organisation' | 'control') =>
    openDatabase(`file:${join(folder, `${kind}.db`)}`, {
      migrations: readMigrations(kind),
      onLost(error) {
        throw error;
      },
    });
  const control = await open('control');
  const database = await open('organisation');
  await control.batch([
    "INSERT INTO organisations (id, name, file, secret, created_at) VALUES ('main', 'main', 'x', 'simulated', 1)",
  ]);
  const organisation = await openOrganisation(
    { ...ORGANISATION, clock: createClock(() => time.now * 1000) },
    database,
    control,
  );
  await importConfiguration(organisation, caseLifeConfiguration('ladders'));
  await database.batch(
    ['ann', 'ben'].map((id) => ({
      sql: `INSERT INTO directory_users (id, name, email, teams, skills, active, absences) VALUES (?1, ?1, NULL, '["TEAM"]', '[]', 1, '[]')`,
      args: [id],
    })),
  );
  await organisation.pump.close();
  await database.close();
  await control.close();
}

interface Node extends SimulatedNode {
  organisation: Organisation;
  crashed: Promise<void>;
  tick(): Promise<unknown>;
  deliver(): Promise<unknown>;
}

/** What a client was told. */
export interface Acknowledged {
  key: string;
  caseId: string;
  response: unknown;
}

interface World {
  scheduler: Scheduler;
  random: () => number;
  time: { now: number };
  nodes: Node[];
  acknowledged: Acknowledged[];
}

/** Lives one seed to its end; then, without faults, everything due is done and the invariants are asked. */
export async function simulateSeed(folder: string, random: () => number, time: { now: number }): Promise<Outcome> {
  const server = openSimulatedServer(join(folder, 'organisation.db'));
  const control = openSimulatedServer(join(folder, 'control.db'));
  const scheduler = createScheduler(random);
  let crashes = 0;
  let faults: Faults = { errorBefore: 0.02, errorAfter: 0.02, busy: 0.01, staleRead: 0.03, crash: 0.004 };
  const start = (name: string) =>
    startNode(name, { server, control, folder, scheduler, random, time, faults: () => faults });
  const nodes: Node[] = [];
  const world: World = { scheduler, random, time, nodes, acknowledged: [] };
  const opening = async (index: number, life: number): Promise<void> => {
    const node = await start(`n${index}.${life}`);
    nodes[index] = node;
    void node.crashed.then(async () => {
      crashes++;
      await scheduler.turn('restart');
      await opening(index, life + 1);
    });
  };
  let left = CLIENTS;
  const failures: unknown[] = [];
  void Promise.all(Array.from({ length: NODES }, (_, index) => opening(index, 1))).then(() => {
    for (let client = 0; client < CLIENTS; client++)
      void liveAsClient(world, client)
        .catch((error: unknown) => failures.push(error))
        .finally(() => left--);
  });
  let steps = 0;
  for (; steps < MOST_STEPS && (left > 0 || nodes.length < NODES); steps++) {
    await scheduler.step();
    disturb(world);
  }
  faults = noFaults;
  await settle(world, start);
  const violations = [
    ...failures.map(
      (error) => `a client was told what cannot be: ${error instanceof Error ? error.message : String(error)}`,
    ),
    ...(left > 0 ? [`${left} clients never came to an end`] : []),
    ...(await findViolations(server, world.acknowledged, LIFE_TASKS)),
    ...(await verifyChain({ query: async (sql, args) => server.query(sql, args) }, null)).faults.map(
      ({ message }) => message,
    ),
  ];
  const [events] = server.query('SELECT COUNT(*) AS n FROM case_events');
  server.close();
  control.close();
  return {
    violations,
    acknowledged: world.acknowledged.length,
    faults: scheduler.log.length,
    crashes,
    events: Number(events?.n ?? 0),
    log: scheduler.log,
    digest: scheduler.digest(),
  };
}

/** Time passes, tickers and couriers look, by chance. */
function disturb({ random, time, nodes }: World): void {
  const chance = random();
  const node = nodes[Math.floor(random() * nodes.length)];
  if (chance < 0.1) time.now += Math.floor(random() * 3);
  else if (chance < 0.103) time.now += Math.floor(random() * 6 * 3600);
  else if (chance < 0.12) void node?.tick().catch(() => {});
  else if (chance < 0.13) void node?.deliver().catch(() => {});
}

async function settle(world: World, start: (name: string) => Promise<Node>): Promise<void> {
  const { scheduler } = world;
  let isDone = false;
  void (async () => {
    const node = await start('last');
    // Leases of dead couriers run out.
    world.time.now += 120;
    for (let round = 0; round < 3; round++) {
      await node.tick();
      await node.deliver();
      world.time.now += 61;
    }
  })().finally(() => {
    isDone = true;
  });
  for (let steps = 0; !isDone && steps < MOST_STEPS; steps++) await scheduler.step();
}

async function startNode(
  name: string,
  parts: {
    server: SimulatedServer;
    control: SimulatedServer;
    folder: string;
    scheduler: Scheduler;
    random: () => number;
    time: { now: number };
    faults: () => Faults;
  },
): Promise<Node> {
  const { server, control, scheduler, random, time, faults } = parts;
  let tell = () => {};
  const crashed = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const node: SimulatedNode & { crashed: Promise<void> } = {
    name,
    isDead: false,
    crashed,
    crash() {
      node.isDead = true;
      tell();
    },
  };
  const clock = createClock(() => time.now * 1000);
  // With small groups the next is decided while the one before is on its way.
  const largestGroup = random() < 0.5 ? 1 + Math.floor(random() * 2) : 256;
  // A node that cannot open its database is started again, as whoever keeps processes running would.
  for (;;) {
    try {
      const database = connectFaulty(server, node, scheduler, random, faults);
      const people = connectFaulty(control, node, scheduler, random, faults);
      const organisation = await Promise.race([
        openOrganisation({ ...ORGANISATION, clock, largestGroup }, database, people),
        crashed.then(() => null),
      ]);
      if (organisation === null) {
        node.isDead = false;
        return await startNode(`${name}'`, parts);
      }
      const ticker = createTicker(organisation, () => {});
      const delivery = createDelivery(organisation, join(parts.folder, 'letter-box'), deliveryConfigFrom({}), () => {});
      return Object.assign(node, { organisation, tick: ticker.runOnce, deliver: delivery.runOnce });
    } catch {
      await scheduler.turn(name);
    }
  }
}

/** Launches a case and lives it, with notes in between; what is in doubt is asked again under the same key, at another node. */
async function liveAsClient(world: World, client: number): Promise<void> {
  const launched = (await ask(world, `c${client}-launch`, '', (node, key) =>
    submitEnquiry(
      node.organisation,
      { workflow: 'LIFE', answers: { age: 40 }, customer: { name: `Person ${client}` } },
      { actor: 'client', channel: 'officer', key },
    ),
  )) as { caseId: string };
  const { caseId } = launched;
  for (const task of LIFE_TASKS) {
    if (world.random() < 0.3)
      await ask(world, `c${client}-note-${task}`, caseId, (node, key) =>
        send(node, caseId, { type: 'addNote', text: key }, key),
      );
    await ask(world, `c${client}-${task}`, caseId, (node, key) =>
      send(node, caseId, { type: 'completeTask', task }, key),
    );
    if (client % 2 === 1 && task === 't07') return;
  }
}

async function send(
  node: Node,
  caseId: string,
  command: Parameters<typeof commandCase>[2],
  key: string,
): Promise<unknown> {
  const answer: Answer = await commandCase(node.organisation, caseId, command, { actor: 'client', key });
  return answer.response;
}

async function ask(
  world: World,
  key: string,
  caseId: string,
  work: (node: Node, key: string) => Promise<unknown>,
): Promise<unknown> {
  const { scheduler, random, nodes, acknowledged } = world;
  let why: unknown = 'every node was down';
  for (let attempt = 0; attempt < 400; attempt++) {
    const node = nodes[Math.floor(random() * nodes.length)];
    if (!node || node.isDead) {
      await scheduler.turn('client');
      continue;
    }
    try {
      const answer = await Promise.race([work(node, key), node.crashed.then(() => undefined)]);
      if (answer === undefined) continue;
      // The network may lose an answer: then the same is asked again, and the answer must be the same.
      if (random() < 0.05) {
        scheduler.note(`answer to ${key} lost`);
        acknowledged.push({ key, caseId: caseId || (answer as { caseId: string }).caseId, response: answer });
        continue;
      }
      acknowledged.push({ key, caseId: caseId || (answer as { caseId: string }).caseId, response: answer });
      return answer;
    } catch (error) {
      why = error instanceof Error ? (error.cause ?? error) : error;
      if (error instanceof Problem && error.status === 409 && error.code !== 'CONFLICT') world.time.now += 1;
      else if (error instanceof Problem && error.status !== 503 && error.status !== 409 && error.status !== 404)
        throw error;
      await scheduler.turn('client');
    }
  }
  throw new Error(`${key} was refused 400 times, last because ${String(why)}`);
}
