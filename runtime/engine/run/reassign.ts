import type { ItemId } from '../../../schemas/case-event.ts';
import type { Allocation } from '../allocate/allocate.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import { resolveRecipients } from '../ladder/recipients.ts';
import { queueMessage } from './messages.ts';
import { noteLoad } from './ownership.ts';
import { commandLadder, ladderOwner, queueOf, timeOf } from './timekeeping.ts';
import { emit, personal, taskItem, taskOf, type Work } from './work.ts';

/** Who gets a task: a person, or a team's queue. */
export interface NewOwner {
  readonly owner: string | null;
  readonly group: string | null;
  /** Where a rule chose: why, and the turn it took (L4, L9). */
  readonly explanation?: Allocation['explanation'];
  readonly cursor?: NonNullable<Allocation['cursor']>;
}

/** Gives a task to somebody else; it counts as activity, clears an acknowledgement and tells the new owner (E9). */
export function reassign(
  work: Work,
  id: string,
  to: NewOwner,
  reason: string | undefined,
  by: 'person' | 'ladder',
): void {
  const task = taskOf(work, id);
  const item = taskItem(id);
  const { ref, values } = personal(work, reason);
  const told = { task: id, from: task.owner, ...to, by };
  emit(work, 'taskReassigned', reason === undefined ? told : { ...told, reason: ref }, { personal: values });
  if (to.owner !== task.owner) noteLoad(work, item, to.owner);
  const selector = to.owner ?? queueOf(work, to.group);
  const time = timeOf(work, item);
  if (time.ladder && time.ladder.phase !== 'ended') {
    commandLadder(work, item, { verb: 'reassign', at: work.at, to: selector, by: by === 'ladder' ? by : undefined });
    // Work in a queue is unassigned all the same: the rung for that goes on counting.
    if (time.ladder) time.ladder = { ...time.ladder, ...ladderOwner(work, item) };
    return;
  }
  tellAssigned(work, item, selector);
}

/** The `assigned` message where no ladder sends it (E9). */
export function tellAssigned(work: Work, item: ItemId, owner: string | null): void {
  const directory = toLadderDirectory(work.env.directory, work.bundle);
  for (const recipient of resolveRecipients(['owner'], { owner }, directory, work.env.now)) {
    for (const channel of ['inApp', 'email'] as const) {
      queueMessage(work, {
        item,
        recipient,
        channel,
        template: 'assigned',
        rung: 'assigned',
        firing: null,
        urgent: false,
      });
    }
  }
}
