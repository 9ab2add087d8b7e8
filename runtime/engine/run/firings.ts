import type { ItemId } from '../../../schemas/case-event.ts';
import type { LadderDocument, RungAction } from '../../../schemas/ladder.ts';
import { rungCursor } from '../allocate/strategies.ts';
import { digestOf } from '../compile/digest.ts';
import { type LadderMessage, toMessages } from '../ladder/messages.ts';
import { type Firing, firingKey, type LadderFact, type LadderSpec } from '../ladder/state.ts';
import { queueMessage } from './messages.ts';
import { rungActions } from './rung-actions.ts';
import { ladderOfItem, specOf, timeOf } from './timekeeping.ts';
import { emit, tryStep, type Work } from './work.ts';

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
    rungActions[action.type]?.(work, item, keyOf(work, item, fact), action.params ?? {}, {
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
