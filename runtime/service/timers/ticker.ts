import { commandCase, StalePreparation, toWork } from '../cases/command-case.ts';
import { prepareCases } from '../cases/prepare.ts';
import { intOf, textOf } from '../db/database.ts';
import { beginDueMoves } from '../definitions/moves.ts';
import { reportIncident } from '../operations/incidents.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { wakeResources } from '../resources/wake-resources.ts';
import { handOverWork, type Refusals } from './hand-over.ts';

const BATCH = 512;
/** A case that had nothing to say although its wake_at passed is a mistake of ours; it must not keep the ticker busy. */
const QUIET_SECONDS = 60;

export interface Ticker {
  /**
   * Sends the empty command to every case and service resource whose wake_at has passed, until none is left; answers how many
   * were woken (D1). A live ticker leaves what is due at this very instant to the commands of this instant (C2); `due` takes it too.
   */
  runOnce(takes?: 'before' | 'due'): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

/** The ticker of one organisation: no timers in memory, only the indexed wake_at, looked at every second. */
export function createTicker(organisation: Organisation, onError: (error: unknown) => void): Ticker {
  const quietUntil = new Map<string, number>();
  const notHandedOver: Refusals = new Map();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  let isStopped = false;
  const isOver = () => isStopped;

  const runOnce = (takes: 'before' | 'due' = 'before') => {
    const wake = async () => {
      beginDueMoves(organisation, onError);
      const woken =
        (await wakeAll(organisation, quietUntil, { takesDue: takes === 'due', isOver })) +
        (await wakeResources(organisation, onError, isOver));
      return isStopped ? woken : woken + (await handOverWork(organisation, notHandedOver));
    };
    running = running.then(wake, wake);
    return running;
  };
  return {
    runOnce,
    start() {
      timer = setInterval(() => void runOnce().catch(onError), 1000);
    },
    async stop() {
      clearInterval(timer);
      // What is still due is due at the next start; a hundred thousand cases would keep the process for a minute.
      isStopped = true;
      await running.catch(() => 0);
    },
  };
}

async function wakeAll(
  organisation: Organisation,
  quietUntil: Map<string, number>,
  { takesDue, isOver }: { takesDue: boolean; isOver(): boolean },
): Promise<number> {
  const sender = { actor: 'ticker', takesDue };
  let waking: readonly string[] = [];
  let woken = 0;
  let before: Promise<void> | null = null;
  for (;;) {
    const now = organisation.clock.now();
    for (const [id, until] of quietUntil) if (until <= now || until > now + QUIET_SECONDS) quietUntil.delete(id);
    const due = isOver()
      ? []
      : await dueCases(organisation, takesDue ? now : now - 1, [...quietUntil.keys(), ...waking]);
    if (due.length === 0 && !before) return woken;
    // The next are looked up and put in line while those before are on their way: the pump never waits for the ticker.
    const waken: Promise<void> | null = due.length > 0 ? wakeThese(organisation, due, sender, quietUntil) : null;
    waken?.catch(() => {});
    await before;
    [before, waking] = [waken, due];
    woken += due.length;
  }
}

async function wakeThese(
  organisation: Organisation,
  due: readonly string[],
  sender: { actor: string; takesDue: boolean },
  quietUntil: Map<string, number>,
): Promise<void> {
  const prepared = await prepareCases(organisation, due);
  await Promise.all(
    [...prepared.values()].map(async (one) => {
      const answer = await organisation.pump
        .submit({ ...toWork(organisation, one, { type: 'advance' }, sender), isPatient: true })
        .catch((error: unknown) =>
          // Somebody was quicker: the case is loaded anew and woken all the same.
          error instanceof StalePreparation
            ? commandCase(organisation, one.id, { type: 'advance' }, sender)
            : noteFailure(organisation, one.id, error),
        );
      const { events } = (answer?.response ?? { events: [] }) as { events: unknown[] };
      if (events.length === 0) quietUntil.set(one.id, organisation.clock.now() + QUIET_SECONDS);
    }),
  );
}

/** A case whose time cannot be recorded waits for an operator; a database that is away, and a case that moved meanwhile, only for the next second. */
async function noteFailure({ database, clock }: Organisation, caseId: string, error: unknown): Promise<undefined> {
  if (error instanceof Problem) return;
  const detail = error instanceof Error ? error.message : String(error);
  await reportIncident(database, { id: `wake:${caseId}`, kind: 'moveFailed', caseId, detail }, clock.now()).catch(
    () => {},
  );
}

async function dueCases({ database }: Organisation, by: number, quiet: readonly string[]): Promise<string[]> {
  const rows = await database.query(
    `SELECT id FROM cases WHERE wake_at IS NOT NULL AND wake_at <= ?
     AND id NOT IN (SELECT case_id FROM incidents WHERE state = 'paused' AND kind = 'moveFailed' AND case_id IS NOT NULL)
     AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY wake_at, id LIMIT ?`,
    [by, JSON.stringify(quiet), BATCH],
  );
  return rows.map((row) => textOf(row, 'id'));
}

/** The next instant at which a case or a service resource has something to say, or work is to be handed to a cover (L7); null where there is none. */
export async function nextWake({ database, clock }: Organisation): Promise<number | null> {
  const [row] = await database.query(
    `SELECT MIN(wake) AS wake FROM (SELECT MIN(wake_at) AS wake FROM cases WHERE wake_at IS NOT NULL
     UNION ALL SELECT MIN(wake_at) FROM resources WHERE wake_at IS NOT NULL
     UNION ALL SELECT MIN(a.value->>'from') FROM directory_users u, json_each(u.absences) a
       WHERE u.active = 1 AND a.value->>'existingWork' = 'reassign' AND a.value->>'from' > ?)`,
    [clock.now()],
  );
  return row && row.wake !== null ? intOf(row, 'wake') : null;
}
