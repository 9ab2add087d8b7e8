import type { CaseCommand } from '../../../schemas/case-command.ts';
import { coveringAt } from '../../engine/index.ts';
import { commandCase } from '../cases/command-case.ts';
import { textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

const MOST_AT_ONCE = 500;

/**
 * Gives the open tasks and cases of people who are away to their cover, where the absence says so (L7); answers how many went.
 * What is refused, a cover who is full or barred, stays where it is: the cover sees it. On return nothing moves by itself.
 */
export async function handOverWork(organisation: Organisation, refused: Set<string>): Promise<number> {
  const moving = coveringAt(await organisation.directory(), organisation.clock.now()).filter(
    ({ existingWork }) => existingWork === 'reassign',
  );
  // Whoever is back may be away again: then all is tried anew.
  if (moving.length === 0) refused.clear();
  let moved = 0;
  for (const { absent, cover } of moving) {
    const reason = `Cover while ${absent} is away`;
    for (const { id, command } of await workOf(organisation, absent, { to: cover, reason })) {
      const name = JSON.stringify([id, command]);
      if (refused.has(name)) continue;
      if (await isTaken(organisation, id, command)) moved += 1;
      else refused.add(name);
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
