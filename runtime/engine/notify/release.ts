import type { CaseEventPayloads, ItemId } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { whyDropped } from '../ladder/digest.ts';
import { resolveWithFallback } from '../ladder/recipients.ts';
import { isOpenCase, isOpenTask } from '../run/rows.ts';
import type { CaseState, Directory } from '../run/types.ts';

/** What a message is checked against when it is released. */
export interface ReleaseView {
  readonly bundle: CompiledWorkflow;
  readonly state: CaseState;
  readonly directory: Directory;
  readonly now: Instant;
  /** It was held: its recipients are looked up again, not only whether it still matters (E10). */
  readonly waited: boolean;
}

type Queued = Pick<CaseEventPayloads['messageQueued'], 'item' | 'rung' | 'firing' | 'to'>;

/** Why an escalation or an assignment is not told any more: its item ended, or it concerns somebody else by now (E8, E10, N11); null where it may go. */
export function whyNotSent(message: Queued, view: ReleaseView): 'closed' | 'recipientChanged' | null {
  // What a drawing sends to people, and news for the owner of the case, is told whatever happened since.
  if (message.rung === null || (message.firing === null && message.rung !== 'assigned')) return null;
  const isOpen = isOpenItem(message.item, view.state);
  const recipientsNow = view.waited ? recipientsOf(message, view) : null;
  return whyDropped(message, { isOpen, recipientsNow: recipientsNow ?? [message.to] });
}

function isOpenItem(item: ItemId, state: CaseState): boolean {
  const [kind, id] = partsOf(item);
  if (!isOpenCase(state)) return false;
  if (kind === 'task') {
    const task = state.tasks[id];
    return task !== undefined && isOpenTask(task);
  }
  const clock = state.clocks[id];
  return kind === 'case' || clock?.outcome === 'open' || clock?.outcome === 'lapsed';
}

/** Who the rung, or the assignment, would go to now; null where the drawing does not say. */
function recipientsOf(message: Queued, { bundle, state, directory, now }: ReleaseView): string[] | null {
  const [kind, id] = partsOf(message.item);
  const ladder = ladderOf(kind, id, bundle, state);
  const rung = ladder?.rungs[message.rung ?? ''];
  if (message.rung !== 'assigned' && !(ladder && rung)) return null;
  const lists = rung && ladder ? [rung.to, rung.fallback ?? [], ladder.fallback] : [['owner']];
  const caseOwner = state.owner ?? queueOf(bundle, state.group);
  const task = kind === 'task' ? state.tasks[id] : undefined;
  const owner = task ? (task.owner ?? queueOf(bundle, task.group)) : caseOwner;
  const people = { owner, caseOwner, customer: 'customer' };
  return resolveWithFallback(lists, people, toLadderDirectory(directory, bundle), now).recipients.map(
    (recipient) => recipient.id,
  );
}

function ladderOf(kind: string, id: string, bundle: CompiledWorkflow, state: CaseState): LadderDocument | null {
  if (kind === 'task') return bundle.tasks[state.tasks[id]?.node ?? '']?.ladder ?? null;
  return kind === 'clock' ? (bundle.clocks[state.clocks[id]?.key ?? '']?.ladder ?? null) : bundle.caseLadder;
}

function queueOf(bundle: CompiledWorkflow, group: string | null): string | null {
  return group === null ? null : `${bundle.teams[group]?.type === 'role' ? 'role' : 'group'}:${group}`;
}

function partsOf(item: ItemId): [string, string] {
  const cut = item.indexOf(':');
  return [item.slice(0, cut), item.slice(cut + 1)];
}
