import type { ItemId } from '../../../schemas/case-event.ts';
import type { LadderDocument, RungAction } from '../../../schemas/ladder.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import { rungCursor } from '../allocate/strategies.ts';
import { digestOf } from '../compile/digest.ts';
import { type LadderMessage, toMessages } from '../ladder/messages.ts';
import { resolveRecipients } from '../ladder/recipients.ts';
import { type FailedAction, type Firing, firingKey, type LadderFact, type LadderSpec } from '../ladder/state.ts';
import { addManualTask } from './add-task.ts';
import { queueMessage } from './messages.ts';
import { allocateBy, barredFrom } from './ownership.ts';
import { reassign } from './reassign.ts';
import { ladderOfItem, queueOf, specOf, timeOf } from './timekeeping.ts';
import { emit, splitItem, taskOf, tryStep, type Work } from './work.ts';

/** Carries out what ladders did since last time: machines take the firings, actions run in order, messages are queued (E14). */
export function carryOutFirings(work: Work): boolean {
  const waiting = work.firings.splice(0);
  for (const { item, facts } of waiting) carryOutFacts(work, item, facts);
  return waiting.some(({ facts }) => facts.length > 0);
}

function carryOutFacts(work: Work, item: ItemId, facts: readonly LadderFact[]): void {
  const document = ladderOfItem(work, item);
  if (!document || facts.length === 0) return;
  const spec = specOf(work, item, document);
  const accepted = facts.flatMap((fact): LadderFact[] =>
    fact.kind === 'fired' ? fireRung(work, item, spec, fact) : [fact],
  );
  for (const fact of accepted) if (fact.kind !== 'fired') tellFact(work, item, fact);
  for (const message of toMessages(spec, accepted, 'catchUp', ['inApp', 'email'])) send(work, item, accepted, message);
}

/** A rung fires when its machine takes the event; the machine's actions are what is done, with their parameters (E15, R3). */
function fireRung(work: Work, item: ItemId, spec: LadderSpec, fact: Firing): Firing[] {
  const fired = timeOf(work, item).ladder?.rungs[fact.rung]?.fired ?? 1;
  const step = tryStep(work, item, { type: `FIRE.${fact.rung}`, fired, occurrence: fact.occurrence });
  if (!step) return [];
  const value = tryStep(work, item, { type: 'LADDER_FIRED' })?.value ?? step.value;
  const notify = step.actions.find(({ type }) => type === 'notify');
  const firing: Firing = {
    ...fact,
    ...(notify?.params as Partial<Firing> | undefined),
    actions: step.actions.map(({ type, params }) => ({ do: type, ...params }) as RungAction),
  };
  emit(
    work,
    'rungFired',
    {
      item,
      rung: fact.rung,
      n: fact.occurrence,
      firing: keyOf(work, item, fact),
      recipients: notify ? firing.recipients.map(({ id }) => id) : [],
      value,
      detail: { dueAt: fact.dueAt, cycle: fact.cycle, revision: fact.revision, usedFallback: fact.usedFallback },
    },
    { effectiveAt: fact.effectiveAt },
  );
  for (const action of step.actions)
    acts[action.type]?.(work, item, keyOf(work, item, fact), action.params ?? {}, {
      rung: fact.rung,
      cursor: rungCursor(spec.key, fact.rung),
    });
  return [firing];
}

/** The firing key: it names the ladder as it is drawn, so that a ladder drawn anew fires its own rungs (E15). */
function keyOf(work: Work, item: ItemId, fact: Firing): string {
  const document = ladderOfItem(work, item);
  if (!document) throw new Error(`${item} fired a rung, so its ladder was expected; load its release`);
  const digest = digests.get(document) ?? digestOf(document);
  digests.set(document, digest);
  return firingKey(item, digest, fact);
}
const digests = new WeakMap<LadderDocument, string>();

/** What the actions of a rung do beside notifying, which the messages do (E14). */
const acts: Readonly<
  Record<
    string,
    (work: Work, item: ItemId, firing: string, params: Params, name: { rung: string; cursor: string }) => void
  >
> = {
  reassign: (work, item, _firing, params, name) => reassignByRung(work, item, params['to'] as ReassignTo, name),
  raisePriority: (work, item) => emit(work, 'flagSet', { item, flag: 'priority' }),
  setFlag: (work, item, _firing, params) => emit(work, 'flagSet', { item, flag: params['flag'] as string }),
  addTask: (work, _item, _firing, params) => void addManualTask(work, params['node'] as string, [], 'ladder'),
  webhook: (work, item, firing, params) =>
    emit(work, 'webhookRequested', { item, firing, url: params['url'] as string }),
  note: (work, item, _firing, params) =>
    emit(work, 'ladderFact', { item, kind: 'note', detail: { text: params['text'] } }),
};

type Params = Readonly<Record<string, unknown>>;
type ReassignTo = Extract<RungAction, { do: 'reassign' }>['to'];

/** How often an action that found nobody is tried, and how long it waits each time (E14). */
const MOST_TRIES = 24;
const RETRY_SECONDS = 3600;

function reassignByRung(work: Work, item: ItemId, to: ReassignTo, name: { rung: string; cursor: string }): void {
  if (giveAway(work, item, to, name.cursor)) return;
  const detail = { rung: name.rung, action: 'reassign', to };
  emit(work, 'ladderFact', { item, kind: 'actionFailed', detail });
  const { owner } = taskOf(work, splitItem(item)[1]);
  retryLater(work, item, { rung: name.rung, action: { do: 'reassign', to }, owner, at: work.env.now, tries: 1 });
}

function retryLater(work: Work, item: ItemId, failed: FailedAction): void {
  const time = timeOf(work, item);
  if (!time.ladder || failed.tries >= MOST_TRIES) return;
  const again = { ...failed, at: work.env.now + RETRY_SECONDS };
  time.ladder = { ...time.ladder, retries: [...(time.ladder.retries ?? []), again] };
}

/** Tries again what found nobody before; a person who gave the work away meanwhile has settled it (E14). */
export function retryActions(work: Work, item: ItemId): boolean {
  const time = timeOf(work, item);
  const document = ladderOfItem(work, item);
  const due = time.ladder?.retries?.filter(({ at }) => at <= work.env.now) ?? [];
  if (!time.ladder || !document || due.length === 0) return false;
  const { retries: _retries, ...ladder } = time.ladder;
  const left = (time.ladder.retries ?? []).filter((one) => !due.includes(one));
  time.ladder = left.length > 0 ? { ...ladder, retries: left } : ladder;
  for (const failed of due) {
    const { to } = failed.action;
    if (taskOf(work, splitItem(item)[1]).owner !== failed.owner) continue;
    if (!giveAway(work, item, to, rungCursor(document.key, failed.rung)))
      retryLater(work, item, { ...failed, tries: failed.tries + 1 });
  }
  return true;
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

function tellFact(work: Work, item: ItemId, fact: Exclude<LadderFact, Firing>): void {
  // Arming, ending and the assigned message are told by the event that caused them.
  if (fact.kind === 'ended' || fact.kind === 'rearmed' || fact.kind === 'assigned') return;
  const { kind, effectiveAt, ...detail } = fact;
  const machineEvent = {
    exhausted: 'LADDER_EXHAUSTED',
    acknowledged: 'LADDER_HELD',
    holdCleared: 'LADDER_RELEASED',
  } as const;
  const type = kind in machineEvent ? machineEvent[kind as keyof typeof machineEvent] : undefined;
  const step = type ? tryStep(work, item, { type }) : null;
  if (type && !step) return;
  emit(
    work,
    'ladderFact',
    { item, kind, detail: { ...detail } as Record<string, unknown>, ...(step ? { value: step.value } : {}) },
    { effectiveAt },
  );
}

function send(work: Work, item: ItemId, facts: readonly LadderFact[], message: LadderMessage): void {
  const fact = facts.find(
    (one): one is Firing => one.kind === 'fired' && one.rung === message.rung && one.occurrence === message.occurrence,
  );
  queueMessage(work, {
    item,
    recipient: message.recipient,
    channel: message.channel,
    template: message.template ?? (message.rung === 'assigned' ? 'assigned' : null),
    rung: message.rung,
    firing: fact ? keyOf(work, item, fact) : null,
    urgent: message.urgent,
    earlier: message.listsEarlier,
  });
}
