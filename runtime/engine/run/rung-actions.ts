import type { ItemId } from '../../../schemas/case-event.ts';
import type { RungAction } from '../../../schemas/ladder.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import { rungCursor } from '../allocate/strategies.ts';
import { resolveRecipients } from '../ladder/recipients.ts';
import type { FailedAction } from '../ladder/state.ts';
import { addManualTask } from './add-task.ts';
import { allocateBy, barredFrom } from './ownership.ts';
import { reassign } from './reassign.ts';
import { isOpenTask } from './rows.ts';
import { knownTime, ladderOfItem, queueOf, timeOf } from './timekeeping.ts';
import { emit, splitItem, taskOf, type Work } from './work.ts';

/** What the actions of a rung do beside notifying, which the messages do (E14). */
export const rungActions: Readonly<
  Record<
    string,
    (work: Work, item: ItemId, firing: string, params: Params, name: { rung: string; cursor: string }) => void
  >
> = {
  reassign: (work, item, _firing, params, name) => reassignByRung(work, item, params['to'] as ReassignTo, name),
  raisePriority: (work, item) => emit(work, 'flagSet', { item, flag: 'priority' }),
  setFlag: (work, item, _firing, params) => emit(work, 'flagSet', { item, flag: params['flag'] as string }),
  addTask: (work, item, _firing, params, name) => addTaskByRung(work, item, params['node'] as string, name.rung),
  webhook: (work, item, firing, params) =>
    emit(work, 'webhookRequested', { item, firing, url: params['url'] as string }),
  note: (work, item, _firing, params) =>
    emit(work, 'ladderFact', { item, kind: 'note', detail: { text: params['text'] } }),
};

type Params = Readonly<Record<string, unknown>>;
type ReassignTo = Extract<RungAction, { do: 'reassign' }>['to'];

/** How often an action that failed is tried, and how long it waits each time (E14). */
const MOST_TRIES = 24;
const RETRY_SECONDS = 3600;

function reassignByRung(work: Work, item: ItemId, to: ReassignTo, name: { rung: string; cursor: string }): void {
  if (giveAway(work, item, to, name.cursor)) return;
  const action = { do: 'reassign', to } as const;
  tellFailed(work, item, name.rung, action.do, { to });
  const { owner } = taskOf(work, splitItem(item)[1]);
  retryLater(work, item, { rung: name.rung, action, owner, at: work.env.now, tries: 1 });
}

function addTaskByRung(work: Work, item: ItemId, node: string, rung: string): void {
  if (putOnPlan(work, node)) return;
  const action = { do: 'addTask', node } as const;
  tellFailed(work, item, rung, action.do, { node });
  retryLater(work, item, { rung, action, at: work.env.now, tries: 1 });
}

/** Whether a task is to be done once more now; one that still is to be done is not added beside itself. */
function putOnPlan(work: Work, node: string): boolean {
  if (addManualTask(work, node, [], 'ladder') !== undefined) return true;
  return Object.values(work.state.tasks).some((task) => task.node === node && isOpenTask(task));
}

function tellFailed(work: Work, item: ItemId, rung: string, action: FailedAction['action']['do'], what: object): void {
  emit(work, 'ladderFact', { item, kind: 'actionFailed', detail: { rung, action, ...what } });
}

/** What was tried for a day and never succeeded is left to people. */
function tellGivenUp(work: Work, item: ItemId, { rung, action: { do: action, ...what }, tries }: FailedAction): void {
  emit(work, 'ladderFact', { item, kind: 'actionGivenUp', detail: { rung, action, ...what, tries } });
}

function retryLater(work: Work, item: ItemId, failed: FailedAction): void {
  const time = timeOf(work, item);
  if (!time.ladder) return;
  if (failed.tries >= MOST_TRIES) {
    tellGivenUp(work, item, failed);
    return;
  }
  const again = { ...failed, at: work.env.now + RETRY_SECONDS };
  time.ladder = { ...time.ladder, retries: [...(time.ladder.retries ?? []), again] };
}

/** Tries again what failed before (E14). */
export function retryActions(work: Work, item: ItemId): boolean {
  if (!knownTime(work, item).ladder?.retries) return false;
  const time = timeOf(work, item);
  const document = ladderOfItem(work, item);
  const due = time.ladder?.retries?.filter(({ at }) => at <= work.env.now) ?? [];
  if (!time.ladder || !document || due.length === 0) return false;
  const { retries: _retries, ...ladder } = time.ladder;
  const left = (time.ladder.retries ?? []).filter((one) => !due.includes(one));
  time.ladder = left.length > 0 ? { ...ladder, retries: left } : ladder;
  for (const failed of due) {
    if (!isSettled(work, item, failed, rungCursor(document.key, failed.rung)))
      retryLater(work, item, { ...failed, tries: failed.tries + 1 });
  }
  return true;
}

/** Whether an action has succeeded now, or a person who gave the work away meanwhile has settled it. */
function isSettled(work: Work, item: ItemId, failed: FailedAction, cursor: string): boolean {
  if (!('owner' in failed)) return putOnPlan(work, failed.action.node);
  if (taskOf(work, splitItem(item)[1]).owner !== failed.owner) return true;
  return giveAway(work, item, failed.action.to, cursor);
}

/** Gives a task to whom a rung says, never to somebody it is kept apart from (L3); false where nobody can have it. */
function giveAway(work: Work, item: ItemId, to: ReassignTo, cursorName: string): boolean {
  const [kind, id] = splitItem(item);
  if (kind !== 'task') return true;
  if (typeof to !== 'string') {
    const found = allocateBy(work, item, to, cursorName);
    if (found.owner === null && found.group === null) return false;
    if (found.cursor) work.cursors[found.cursor.key] = found.cursor.user;
    reassign(work, id, found, undefined, 'ladder');
    return true;
  }
  const task = taskOf(work, id);
  const people = {
    owner: task.owner ?? queueOf(work, task.group),
    caseOwner: work.state.owner ?? queueOf(work, work.state.group),
  };
  const directory = toLadderDirectory(work.env.directory, work.bundle);
  const queue = /^(?:role|group):(.+)$/.exec(to)?.[1];
  if (queue !== undefined) {
    reassign(work, id, { owner: null, group: queue }, undefined, 'ladder');
    return true;
  }
  const barred = barredFrom(work, task);
  const found = resolveRecipients([to], people, directory, work.env.now).find(
    (recipient) => recipient.kind === 'user' && !barred.includes(recipient.id),
  );
  if (!found) return false;
  reassign(work, id, { owner: found.id, group: task.group }, undefined, 'ladder');
  return true;
}
