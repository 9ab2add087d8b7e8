import type { CaseCommand } from '../../../schemas/case-command.ts';
import { coveringAt } from '../../engine/index.ts';
import { commandCase } from '../cases/command-case.ts';
import { textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

const MOST_AT_ONCE = 500;
/** A cover who is full or barred may have room later: what was refused is offered again after this time. */
const RETRY_SECONDS = 600;

/** Work that was refused, by name, and when it may be offered again. */
export type Refusals = Map<string, number>;

/**
 * Gives the open tasks and cases of people who are away to their cover, where the absence says so (L7); answers how many went.
 * What is refused, a cover who is full or barred, stays where it is, the cover sees it, and it is offered again. On return nothing moves by itself.
 */
export async function handOverWork(organisation: Organisation, refused: Refusals): Promise<number> {
  const now = organisation.clock.now();
  for (const [name, until] of refused) if (until <= now || until > now + RETRY_SECONDS) refused.delete(name);
  const moving = coveringAt(await organisation.directory(), now).filter(
    ({ existingWork }) => existingWork === 'reassign',
  );
  let moved = 0;
  for (const { absent, cover } of moving) {
    const reason = `Cover while ${absent} is away`;
    for (const { id, command } of await workOf(organisation, absent, { to: cover, reason })) {
      const name = JSON.stringify([id, command]);
      if (refused.has(name)) continue;
      if (await isTaken(organisation, id, command)) moved += 1;
      else refused.set(name, now + RETRY_SECONDS);
    }
  }
  return moved;
}

async function workOf(
  { database }: Organisation,
  owner: string,
  told: { to: string; reason: string },
): Promise<{ id: string; command: CaseCommand }[]> {
  const [cases, tasks] = await Promise.all([
    database.query(
      `SELECT id FROM cases WHERE owner = ? AND closed_at IS NULL AND status IN ('open', 'onHold') ORDER BY id LIMIT ${MOST_AT_ONCE}`,
      [owner],
    ),
    database.query(
      `SELECT case_id, id FROM case_tasks WHERE owner = ? AND is_open = 1 ORDER BY case_id, id LIMIT ${MOST_AT_ONCE}`,
      [owner],
    ),
  ]);
  return [
    ...cases.map((row) => ({ id: textOf(row, 'id'), command: { type: 'changeCaseOwner' as const, ...told } })),
    ...tasks.map((row) => ({
      id: textOf(row, 'case_id'),
      command: { type: 'reassignTask' as const, task: textOf(row, 'id'), ...told },
    })),
  ];
}

async function isTaken(organisation: Organisation, id: string, command: CaseCommand): Promise<boolean> {
  try {
    await commandCase(organisation, id, command, { actor: 'ticker' });
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
