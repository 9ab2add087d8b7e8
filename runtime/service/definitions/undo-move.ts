import { isUntouched } from '../../engine/index.ts';
import { forgetPrepared, prepareCases } from '../cases/prepare.ts';
import { intOf, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import type { Sender } from './draft-store.ts';
import { moveWork } from './move-case.ts';
import { loadMove } from './read-moves.ts';

/** Takes a move back for every case nobody has worked on since (R5). */
export async function undoMove(organisation: Organisation, id: string, sender: Sender) {
  const move = await loadMove(organisation, id);
  const moved = await organisation.database.query(
    "SELECT case_id, from_release, moved_seq, last_seq FROM moved_cases WHERE move = ? AND state = 'moved' AND moved_seq IS NOT NULL ORDER BY case_id",
    [id],
  );
  const result = { undone: 0, kept: [] as { id: string; reason: string }[] };
  for (const row of moved) {
    const caseId = textOf(row, 'case_id');
    const later = await organisation.database.query('SELECT actor FROM case_events WHERE stream = ? AND seq > ?', [
      caseId,
      intOf(row, 'last_seq'),
    ]);
    if (!isUntouched(later.map((one) => ({ actor: textOf(one, 'actor') })))) {
      result.kept.push({ id: caseId, reason: 'Somebody has worked on the case since it was moved.' });
      continue;
    }
    forgetPrepared(organisation, caseId);
    const prepared = (await prepareCases(organisation, [caseId])).get(caseId);
    const back = await organisation.releases.load(intOf(row, 'from_release'));
    const seqs = { movedSeq: intOf(row, 'moved_seq'), lastSeq: intOf(row, 'last_seq') };
    if (!prepared || prepared.bundle.release !== move.target) {
      result.kept.push({ id: caseId, reason: 'The case is under another release by now.' });
      continue;
    }
    const by = { id, startedBy: sender.actor };
    const answer = await organisation.pump.submit(moveWork(organisation, by, prepared, back, seqs));
    forgetPrepared(organisation, caseId);
    const { moved: isBack, reasons } = answer.response as { moved: boolean; reasons?: { reason: string }[] };
    if (isBack) result.undone++;
    else result.kept.push({ id: caseId, reason: reasons?.[0]?.reason ?? '' });
  }
  return result;
}
