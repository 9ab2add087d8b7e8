import { decideResource } from '../../../../runtime/engine/resource/decide.ts';
import { evolveInterests, evolveResource } from '../../../../runtime/engine/resource/evolve.ts';
import { followPlan } from '../../../../runtime/engine/resource/readiness.ts';
import type {
  InterestBook,
  KeyActionState,
  ResourceDecision,
  ResourceState,
} from '../../../../runtime/engine/resource/types.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import type { ResourceCommand } from '../../../../schemas/resource-command.ts';
import { InterestEvent, ResourceEvent } from '../../../../schemas/resource-event.ts';
import { ServiceTypeDocument } from '../../../../schemas/settings.ts';
import { officeHours } from '../calendar/calendars.ts';

const calendar = officeHours();

/** Monday 23 November 2026, 09:00 in London. */
export const MONDAY = Date.UTC(2026, 10, 23, 9) / 1000;
export const DAY = 86_400;

export const course: ServiceTypeDocument = ServiceTypeDocument.parse({
  kind: 'service-type',
  format: 1,
  key: 'COURSE',
  title: 'Course',
  actionPlan: 'PLAN',
  actionPath: ['A', 'C'],
  provider: 'indirect',
  provision: 'continuing',
  capacity: 2,
  charge: { amount: 500, period: 'week', partOfRent: false },
  matchWhen: { op: 'is', of: { question: 'level' }, value: 'beginner' },
  offer: { expires: { value: 5, unit: 'workingDays' } },
});

/** Resources and customers on a virtual clock: what a service does with decisions, without the service. */
export class World {
  now = MONDAY;
  readonly resources = new Map<string, ResourceState>();
  readonly books = new Map<string, InterestBook>();
  readonly events = new Map<string, (ResourceEvent | InterestEvent)[]>();
  readonly answers: Record<string, Answers> = {};
  plan: Record<string, KeyActionState> = { A: 'open', B: 'open', C: 'open' };
  serviceType = course;
  private next = 0;

  id(prefix: string): string {
    this.next += 1;
    return `${prefix}${this.next}`;
  }

  /** Decides and, when it is taken, stores: the events pass their schemas on the way. */
  send(
    resource: string | null,
    command: ResourceCommand,
    customers: readonly string[] = [...this.books.keys()],
  ): ResourceDecision {
    const asked = 'customer' in command ? [...customers, command.customer] : customers;
    const decision = decideResource(
      {
        resource: resource === null ? null : { id: resource, state: this.resources.get(resource) ?? null },
        books: Object.fromEntries(asked.map((customer) => [customer, this.books.get(customer) ?? null])),
      },
      command,
      {
        now: this.now,
        actor: 'officer',
        ids: () => this.id('x'),
        calendar,
        serviceType: this.serviceType,
        release: 1,
        plan: this.plan,
        answers: this.answers,
        ...(command.type === 'createResource' ? { newPlan: { case: 'case-1', workflow: 'PLAN' } } : {}),
      },
    );
    if (decision.ok === true) {
      for (const draft of decision.resource) this.store(resource ?? '', draft);
      for (const [customer, drafts] of Object.entries(decision.interests))
        for (const draft of drafts) this.store(customer, draft);
    }
    return decision;
  }

  private store(stream: string, draft: { type: string; personal?: unknown }): void {
    const { personal: _personal, ...told } = draft;
    const stored = this.events.get(stream) ?? [];
    const text = JSON.parse(JSON.stringify({ ...told, seq: stored.length + 1 }));
    if (draft.type.startsWith('interest') && draft.type !== 'interestMatched') {
      const event = InterestEvent.parse(text);
      this.books.set(stream, evolveInterests(this.books.get(stream) ?? null, event));
      this.events.set(stream, [...stored, event]);
      return;
    }
    const event = ResourceEvent.parse(text);
    this.resources.set(stream, evolveResource(this.resources.get(stream) ?? null, event));
    this.events.set(stream, [...stored, event]);
  }

  /** Sends what must be taken; throws with the reason when it is not. */
  must(resource: string | null, command: ResourceCommand): void {
    const decision = this.send(resource, command);
    if (decision.ok !== true) throw new Error(`${command.type}: ${JSON.stringify(decision)}`);
  }

  /** Code of the refusal, or what happened instead. */
  refusal(resource: string | null, command: ResourceCommand): string {
    const before = JSON.stringify([[...this.resources], [...this.books]]);
    const decision = this.send(resource, command);
    if (decision.ok !== false) return `not refused: ${JSON.stringify(decision)}`;
    return before === JSON.stringify([[...this.resources], [...this.books]]) ? decision.rejection.code : 'half done';
  }

  resource(id = 'r'): ResourceState {
    const found = this.resources.get(id);
    if (!found) throw new Error(`no resource ${id}`);
    return found;
  }

  /** A resource `id`; its plan is complete unless said otherwise. */
  create(id = 'r', more: Partial<Extract<ResourceCommand, { type: 'createResource' }>> = {}): void {
    this.must(id, { type: 'createResource', serviceType: 'COURSE', title: 'English', inCatalogue: true, ...more });
  }

  /** Registers an interest of a customer, matched by hand where the rule has not. */
  interested(customer: string, resource = 'r', answers: Answers = { level: 'beginner' }): string {
    const interest = this.id('i');
    this.answers[interest] = answers;
    this.must(resource, {
      type: 'registerInterest',
      interest,
      customer,
      serviceType: 'COURSE',
      answers,
      source: 'catalogue',
    });
    return interest;
  }

  matchOf(interest: string, resource = 'r'): string {
    const found = Object.values(this.resource(resource).matches).find(
      (match) => match.interest === interest && match.state === 'matched',
    );
    if (!found) throw new Error(`${interest} is not matched`);
    return found.id;
  }

  /** An open offer for a new customer. */
  offered(customer: string, resource = 'r'): string {
    const match = this.matchOf(this.interested(customer, resource), resource);
    this.must(resource, { type: 'makeOffer', match });
    const found = Object.values(this.resource(resource).offers).find((offer) => offer.match === match);
    if (!found) throw new Error('no offer was made');
    return found.id;
  }

  completePlan(resource = 'r'): void {
    this.plan = { A: 'complete', B: 'open', C: 'complete' };
    this.follow(resource);
  }

  /** Tells a resource what its plan has come to. */
  follow(resource = 'r'): void {
    const drafts = followPlan(this.resource(resource), this.plan, { actor: 'officer', at: this.now });
    for (const draft of drafts) this.store(resource, draft);
  }
}
