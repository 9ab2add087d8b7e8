import { FIRST_HASH, hashEvent } from '../cases/event-chain.ts';
import { intOf, type Reader, textOf } from '../db/database.ts';
import { type Checkpoint, foldDigest, isSigned, NO_DIGEST, readCheckpoints } from './checkpoints.ts';
import { readAllEvents } from './read-events.ts';

/** Something about the chain that cannot be: an edit, an insertion, a removal, a reordering, or a cut tail. */
export interface ChainFault {
  code: 'EDITED' | 'BROKEN_LINK' | 'MISSING' | 'OUT_OF_ORDER' | 'TAIL_CUT' | 'CHECKPOINT_DIFFERS' | 'CHECKPOINT_FORGED';
  stream: string | null;
  seq: number | null;
  message: string;
}

export interface ChainReport {
  events: number;
  streams: number;
  checkpoints: number;
  /** Digest over all events; equal digests mean equal histories. */
  digest: string;
  faults: ChainFault[];
}

const MOST_FAULTS = 100;

/**
 * Reads every event of a database and says what is wrong with the chain. `kept` are checkpoints from off the box: without them
 * somebody who rewrites the whole database, checkpoints included, is not found.
 */
export async function verifyChain(
  database: Reader,
  publicKey: string | null,
  kept: readonly Checkpoint[] = [],
): Promise<ChainReport> {
  const heads = new Map<string, { seq: number; hash: string }>();
  const faults: ChainFault[] = [];
  const report = (code: ChainFault['code'], stream: string | null, seq: number | null, message: string) => {
    if (faults.length < MOST_FAULTS) faults.push({ code, stream, seq, message });
  };
  const checkpoints = [...(await readCheckpoints(database)), ...kept].sort((a, b) => a.position - b.position);
  for (const one of checkpoints)
    if (publicKey !== null && !isSigned(one, publicKey))
      report('CHECKPOINT_FORGED', null, null, `checkpoint ${one.number} does not bear this installation's signature`);
  let digest = NO_DIGEST;
  let [events, position, next] = [0, 0, 0];
  const passed = (until: number) => {
    for (; next < checkpoints.length; next++) {
      const one = checkpoints[next];
      if (!one || one.position > until) return;
      if (one.position === position && one.digest !== digest)
        report(
          'CHECKPOINT_DIFFERS',
          null,
          null,
          `the events up to position ${one.position} are not those of checkpoint ${one.number}`,
        );
      if (one.position !== position)
        report('MISSING', null, null, `checkpoint ${one.number} ends at position ${one.position}, where no event is`);
    }
  };
  for await (const event of readAllEvents(database)) {
    passed(event.position - 1);
    const head = heads.get(event.stream) ?? { seq: 0, hash: FIRST_HASH };
    const at = `event ${event.seq} of ${event.stream}`;
    if (event.seq <= head.seq) report('OUT_OF_ORDER', event.stream, event.seq, `${at} comes after event ${head.seq}`);
    else if (event.seq > head.seq + 1)
      report('MISSING', event.stream, event.seq, `${at} follows event ${head.seq}: those between are gone`);
    else if (event.prevHash !== head.hash)
      report(
        'BROKEN_LINK',
        event.stream,
        event.seq,
        `${at} does not follow the event before it: one was put in or exchanged`,
      );
    if (hashEvent(event) !== event.hash) report('EDITED', event.stream, event.seq, `${at} is not what was written`);
    heads.set(event.stream, { seq: event.seq, hash: event.hash });
    digest = foldDigest(digest, event.hash);
    position = event.position;
    events++;
  }
  passed(position);
  for (const one of checkpoints.slice(next))
    report(
      'TAIL_CUT',
      null,
      null,
      `checkpoint ${one.number} covers position ${one.position}, the last event is at ${position}`,
    );
  await compareHeads(database, heads, report);
  return { events, streams: heads.size, checkpoints: checkpoints.length, digest, faults };
}

/** The revisions and the cases' rows know how far each stream went: what is shorter was cut. */
async function compareHeads(
  database: Reader,
  heads: ReadonlyMap<string, { seq: number; hash: string }>,
  report: (code: ChainFault['code'], stream: string, seq: number, message: string) => void,
): Promise<void> {
  const rows = await database.query('SELECT id, revision, last_hash FROM cases');
  const known = new Set<string>();
  for (const row of rows) {
    const [id, revision] = [textOf(row, 'id'), intOf(row, 'revision')];
    const head = heads.get(id) ?? { seq: 0, hash: FIRST_HASH };
    known.add(id);
    if (head.seq < revision)
      report('TAIL_CUT', id, head.seq, `case ${id} is at revision ${revision}, its events end at ${head.seq}`);
    else if (head.seq > revision)
      report('OUT_OF_ORDER', id, head.seq, `case ${id} is at revision ${revision}, but has ${head.seq} events`);
    else if (head.hash !== textOf(row, 'last_hash'))
      report('BROKEN_LINK', id, head.seq, `the last event of case ${id} is not the one its row knows`);
  }
  const streams = await database.query(
    "SELECT id, revision FROM streams WHERE kind <> 'case' AND id IN (SELECT DISTINCT stream FROM case_events)",
  );
  for (const row of streams) {
    const [id, revision] = [textOf(row, 'id'), intOf(row, 'revision')];
    const seq = heads.get(id)?.seq ?? 0;
    if (!known.has(id) && seq < revision)
      report('TAIL_CUT', id, seq, `${id} is at revision ${revision}, its events end at ${seq}`);
  }
}
