import type { Instant } from '../../../schemas/ids.ts';
import type { ResourceEvent, ResourceEventPayloads, ResourceEventType } from '../../../schemas/resource-event.ts';
import type { Charge } from '../../../schemas/settings.ts';
import { dateInWords } from '../calendar/dates.ts';
import { toDateTimeText } from '../notify/render.ts';

/** One sentence of a resource's history; names of customers are personal and are put in by whoever may see them. */
export interface ResourceTimelineEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly text: string;
  readonly customer?: string;
  readonly reason?: string;
}

interface Names {
  readonly zone: string;
  /** Titles of the plan's tasks by node. */
  readonly actions: Readonly<Record<string, string>>;
  /** Customer of each match, offer and allocation seen so far. */
  readonly customers: Map<string, string>;
}

type Tell<T extends ResourceEventType> = (payload: ResourceEventPayloads[T], names: Names) => string;

const sentences: { [T in ResourceEventType]: Tell<T> } = {
  resourceCreated: (p) => `The resource "${p.title}" was made; its action plan was begun.`,
  detailsChanged: (p) => `Its details were changed; it is called "${p.title}".`,
  chargeChanged: (p) => `The charge changed from ${chargeInWords(p.from)} to ${chargeInWords(p.to)}.`,
  capacityChanged: (p) => `The capacity changed from ${p.from ?? 'no limit'} to ${p.to ?? 'no limit'}.`,
  actionPathChanged: (p, names) => `The action path is now: ${actionsInWords(p.keyActions, names)}.`,
  catalogueChanged: (p) => (p.shown ? 'It is shown in the catalogue.' : 'It was taken out of the catalogue.'),
  readinessGained: () => 'All key actions are complete: the resource is ready.',
  readinessLost: (p, names) => `The resource is not ready any more: ${actionsInWords(p.open, names)} open again.`,
  deliveryStarted: () => 'Delivery was started.',
  deliveryEnded: () => 'The resource has ended.',
  interestMatched: (p) => (p.by === 'rule' ? 'The rule matched an interest.' : 'An interest was matched by hand.'),
  matchRemoved: (p) =>
    ({
      hand: 'A match was removed.',
      interestWithdrawn: 'A match ended because the interest was withdrawn.',
      refused: 'A match ended because the offer was refused.',
    })[p.because],
  offerMade: (p, { zone }) =>
    `A place was offered, ${chargeInWords(p.charge)}; the offer expires on ${toDateTimeText(p.expiresAt, zone)}.`,
  offerExpired: () => 'An offer expired without an answer.',
  placeSecured: () => 'An offer was accepted: the place is secured.',
  offerRefused: () => 'An offer was refused.',
  offerWithdrawn: (p) =>
    ({
      hand: 'An offer was withdrawn.',
      interestWithdrawn: 'An offer ended because the interest was withdrawn.',
      deliveryEnded: 'An offer ended because the resource ended.',
    })[p.because],
  placeReleased: (p) =>
    p.because === 'hand' ? 'A secured place was released.' : 'A secured place was given up by the customer.',
  placeAllocated: (p) =>
    `The place was allocated from ${dateInWords(p.startOn)}${p.endOn === null ? '' : ` to ${dateInWords(p.endOn)}`}.`,
  allocationEndSet: (p) => `The last day of an allocation was set to ${dateInWords(p.endOn)}.`,
  allocationEnded: () => 'An allocation ended; its place is free.',
};

const periods: Readonly<Record<Charge['period'], string>> = {
  once: 'once',
  week: 'a week',
  month: 'a month',
  year: 'a year',
};

/** A charge as people read it: "£5.00 a week, part of the rent". */
export function chargeInWords(charge: Charge | null): string {
  if (charge === null) return 'no charge';
  const amount = `£${(charge.amount / 100).toFixed(2)} ${periods[charge.period]}`;
  return `${amount}, ${charge.partOfRent ? 'part of the rent' : 'not part of the rent'}`;
}

function actionsInWords(nodes: readonly string[], { actions }: Names): string {
  return nodes.length === 0 ? 'no key actions' : nodes.map((node) => actions[node] ?? node).join(', ');
}

/** The history of a resource in sentences, in the order of its events. */
export function resourceTimeline(
  events: readonly ResourceEvent[],
  actions: Readonly<Record<string, string>>,
  zone = 'Europe/London',
): ResourceTimelineEntry[] {
  const names: Names = { zone, actions, customers: new Map() };
  return events.map(({ seq, type, actor, effectiveAt: at, recordedAt, payload }) => {
    const text = (sentences[type] as Tell<ResourceEventType>)(payload, names);
    const customer = customerIn(payload, names);
    const reason = 'reason' in payload ? payload.reason : undefined;
    const extra = { ...(customer === undefined ? {} : { customer }), ...(reason === undefined ? {} : { reason }) };
    return { seq, at, recordedAt, actor, text, ...extra };
  });
}

/** Whom an event is about: said by the event that made the match, the offer or the allocation. */
function customerIn(payload: ResourceEvent['payload'], { customers }: Names): string | undefined {
  const ids = (['allocation', 'offer', 'match'] as const).flatMap((name) => {
    const id = (payload as Record<string, unknown>)[name];
    return typeof id === 'string' ? [id] : [];
  });
  const customer = 'customer' in payload ? payload.customer : ids.map((id) => customers.get(id)).find(Boolean);
  if (customer !== undefined) for (const id of ids) customers.set(id, customer);
  return customer;
}
