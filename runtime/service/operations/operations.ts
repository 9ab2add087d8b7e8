import { join } from 'node:path';
import { type Checkpoint, makeCheckpoint, openSigningKey, readPublicKey } from '../audit/checkpoints.ts';
import { replaySample } from '../audit/replay-case.ts';
import { type ChainReport, verifyChain } from '../audit/verify-chain.ts';
import type { Database } from '../db/database.ts';
import { createFeed, type Feed } from '../http/feed.ts';
import { createLiveStreams, type LiveStreams } from '../http/live.ts';
import { createMetrics, type Metrics } from '../http/metrics.ts';
import type { Organisation } from '../organisation.ts';
import { findForgotten, type HealthProblem } from './auditor.ts';
import { pruneBackups, writeBackup } from './backup.ts';
import { recordOperation, reportIncident } from './incidents.ts';

/** Settings of what the service does to look after itself. */
export interface OperationsConfig {
  /** Where scheduled backups go (`LINTEL_BACKUP_FOLDER`); null makes none. */
  backupFolder: string | null;
  /** Hours between backups (`LINTEL_BACKUP_HOURS`). */
  backupHours: number;
  /** How many are kept (`LINTEL_BACKUP_KEEP`). */
  backupKeep: number;
  /** File that signed checkpoints are added to (`LINTEL_CHECKPOINT_FILE`), best on another machine; null keeps them in the database alone. */
  checkpointFile: string | null;
  /** Requests a minute that one key or session may send (`LINTEL_REQUESTS_PER_MINUTE`). */
  requestsPerMinute: number;
}

/** What keeps the service trustworthy while it runs, and what an operator may ask of it. */
export interface Operations {
  readonly config: OperationsConfig;
  readonly feed: Feed;
  readonly live: LiveStreams;
  readonly metrics: Metrics;
  /** What is wrong by the last look; empty when all is well. */
  problems(): readonly HealthProblem[];
  /** Looks now, as the auditor does every minute. */
  look(): Promise<readonly HealthProblem[]>;
  checkpoint(): Promise<Checkpoint | null>;
  verify(): Promise<ChainReport>;
  /** Lives a sample of cases again; what differs becomes an incident. */
  replaySample(most: number): Promise<{ replayed: number; differing: number }>;
  backup(actor: string): Promise<{ folder: string; removed: string[] }>;
  /** Before the organisation is closed: a checkpoint, and a backup where anything was written since the last. */
  settle(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;
const CHECKPOINT_EVERY_SECONDS = 3600;
const SAMPLE_EVERY_SECONDS = 24 * 3600;
const SAMPLE = 200;

export function createOperations(
  parts: { organisation: Organisation; control: Database; folder: string; config: OperationsConfig },
  onError: (error: unknown) => void,
): Operations {
  const { organisation, control, folder, config } = parts;
  const { database } = organisation;
  const key = openSigningKey(folder);
  const feed = createFeed(database, onError);
  const live = createLiveStreams(feed);
  const metrics = createMetrics();
  let problems: readonly HealthProblem[] = [];
  let failed: HealthProblem[] = [];
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  const lastDone = new Map<string, number>();

  const self: Operations = {
    config,
    feed,
    live,
    metrics,
    problems: () => problems,
    async look() {
      const now = realNow();
      problems = [...(await findForgotten(database, organisation.clock.now())), ...failed];
      for (const { code, count } of problems) metrics.add(`lintel_auditor_findings_total{code="${code}"}`, count);
      await whenDue('checkpoint', CHECKPOINT_EVERY_SECONDS, now, 'CHECKPOINT_FAILED', () => self.checkpoint());
      await whenDue('sample', SAMPLE_EVERY_SECONDS, now, 'REPLAY_DIFFERS', () => self.replaySample(SAMPLE));
      if (config.backupFolder !== null)
        await whenDue('backup', config.backupHours * 3600, now, 'BACKUP_FAILED', () => self.backup('system'));
      return problems;
    },
    checkpoint: () => makeCheckpoint(database, key, realNow(), config.checkpointFile),
    verify: () => verifyChain(database, readPublicKey(folder)),
    async replaySample(most) {
      const { replayed, differing } = await replaySample(database, most);
      for (const { caseId, differs } of differing) {
        const detail = `lived again from its events, the case differs in ${differs.join(', ')}`;
        await reportIncident(
          database,
          { id: `replay:${caseId}`, kind: 'replayDiffers', caseId, detail },
          organisation.clock.now(),
        );
      }
      if (differing.length > 0) throw new Error(`${differing.length} of ${replayed} cases differ from their events`);
      return { replayed, differing: differing.length };
    },
    async backup(actor) {
      const target = config.backupFolder ?? join(folder, 'backups');
      const made = await writeBackup({ organisation, control, folder }, target, realNow());
      const removed = pruneBackups(target, config.backupKeep);
      await recordOperation(organisation, {
        type: 'backupMade',
        actor,
        payload: { folder: made, removed: removed.length },
      });
      return { folder: made, removed };
    },
    async settle() {
      await self.checkpoint();
      if (config.backupFolder === null) return;
      // What a backup leaves behind is the event that tells of it: nothing newer, nothing to copy.
      const [newest] = await database.query('SELECT type FROM case_events ORDER BY position DESC LIMIT 1');
      if (newest && newest.type !== 'backupMade') await self.backup('system');
    },
    async start() {
      await feed.start();
      organisation.pump.onCommitted(feed.look);
      // The database could not take it down itself while it was away.
      organisation.pump.outages.onBack(({ from, to, refused, why }) =>
        reportIncident(
          database,
          {
            id: `database:${from}`,
            kind: 'databaseAway',
            detail: `for ${to - from} s the database took nothing: ${refused} requests were refused and nothing of them was confirmed (${why})`,
          },
          organisation.clock.now(),
        ),
      );
      // The first hour's work is not lost on restarts: what is due is looked at a minute after the start.
      for (const name of ['sample', 'backup']) lastDone.set(name, realNow());
      timer = setInterval(() => {
        working = working.then(() => self.look()).catch(onError);
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      live.close();
      await working;
      await feed.stop();
      metrics.stop();
    },
  };

  async function whenDue(
    name: string,
    every: number,
    now: number,
    code: HealthProblem['code'],
    work: () => Promise<unknown>,
  ): Promise<void> {
    if (now - (lastDone.get(name) ?? 0) < every) return;
    lastDone.set(name, now);
    failed = failed.filter((problem) => problem.code !== code);
    try {
      await work();
    } catch (error) {
      failed.push({ code, count: 1, message: error instanceof Error ? error.message : String(error) });
      problems = [...problems, ...failed];
      onError(error);
    }
  }
  return self;
}

/** Backups and checkpoints live in real time, whatever a preview's clock says. */
const realNow = () => Math.floor(Date.now() / 1000);

/** Settings from the environment; everything has a default. */
export function operationsConfigFrom(environment: Readonly<Record<string, string | undefined>>): OperationsConfig {
  return {
    backupFolder: environment.LINTEL_BACKUP_FOLDER ?? null,
    backupHours: Number(environment.LINTEL_BACKUP_HOURS ?? 24),
    backupKeep: Number(environment.LINTEL_BACKUP_KEEP ?? 14),
    checkpointFile: environment.LINTEL_CHECKPOINT_FILE ?? null,
    requestsPerMinute: Number(environment.LINTEL_REQUESTS_PER_MINUTE ?? 6000),
  };
}
