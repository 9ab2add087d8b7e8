import { randomUUID } from 'node:crypto';
import type { Answers } from '../../../schemas/condition.ts';
import { type CompiledWorkflow, decideResource, type ResourceEnv, settleAnswers } from '../../engine/index.ts';
import { type GroupView, viewAfter } from '../commit/group-view.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { isHeldInFamily } from '../customers/family-interests.ts';
import { zoneOf } from '../enquiries/submit-enquiry.ts';
import { derivedSecret, hashSecret } from '../identity/secrets.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { openInterestForm } from '../resources/interest-form.ts';
import { typeEnv } from '../resources/prepare-resource.ts';
import { changeInterests, joinChanges, type PartialChange } from '../resources/resource-change.ts';
import { interestSnapshots, interestStream } from '../resources/resource-snapshots.ts';
import { type Decided, decideEvents, toChange, toPersonalRow } from './case-change.ts';
import type { CaseSnapshot } from './case-snapshots.ts';
import { type LaunchOf, launchCase, prepareLaunch } from './launch-case.ts';
import type { PreparedCase } from './prepare.ts';
import { sharedReads, sharedStreams } from './shared-reads.ts';

/** What an outcome of a case may raise for its customer (P12), loaded before the command is queued. */
export interface PreparedLinks {
  /** Cases by workflow. */
  cases: ReadonlyMap<string, { launch: LaunchOf; prepared: PreparedCase }>;
  /** Interests by service type. */
  interests: ReadonlyMap<string, { env: Omit<ResourceEnv, 'now' | 'actor' | 'ids' | 'plan'>; answers: Answers }>;
}

export const noLinks: PreparedLinks = { cases: new Map(), interests: new Map() };

/** What the raising case is linked by; the engine raises nothing twice while such a link stands. */
const relationOf = (workflow: string) => `raisedBy:${workflow}`;

/** Loads what the outcomes of a case may raise; nothing for a case without a customer. */
export async function prepareLinks(organisation: Organisation, prepared: PreparedCase): Promise<PreparedLinks> {
  const { workflows, types } = raisedBy(prepared.bundle);
  const isPerson = !prepared.person.startsWith('case:');
  if (!isPerson || (workflows.length === 0 && types.length === 0)) return noLinks;
  const release = await organisation.releases.newest();
  const asAt = dateIn(zoneOf(release), organisation.clock.now());
  const known = workflows.filter((workflow) => release.configuration.workflow[workflow]);
  const cases = await Promise.all(
    known.map(async (workflow) => {
      const launch: LaunchOf = {
        bundle: release.bundleOf(workflow),
        release: release.number,
        customer: { id: prepared.person, key: prepared.key },
        // The plan's conditions look at what the assessment was told.
        answers: prepared.answers,
        answersRef: `answers:raised:${randomUUID()}`,
        sample: false,
      };
      return [workflow, { launch, prepared: await prepareLaunch(organisation, launch) }] as const;
    }),
  );
  const held = await Promise.all(
    types.map((serviceType) => isHeldInFamily(organisation, prepared.person, { serviceType, resource: null })),
  );
  const interests = await Promise.all(
    types
      .filter((type, at) => release.configuration['service-type'][type] && !held[at])
      .map(async (type) => {
        const form = openInterestForm(release, type, asAt);
        const answers = settleAnswers(form, only(prepared.answers, form.questions)).answers;
        return [type, { env: { ...(await typeEnv(organisation, release, type)), answers: {} }, answers }] as const;
      }),
  );
  return { cases: new Map(cases), interests: new Map(interests) };
}

const raisedIn = new WeakMap<CompiledWorkflow, { workflows: string[]; types: string[] }>();

/** What outcomes of a workflow's tasks may raise at all: looked through once a bundle. */
function raisedBy(bundle: CompiledWorkflow): { workflows: string[]; types: string[] } {
  const known = raisedIn.get(bundle);
  if (known) return known;
  const outcomes = Object.values(bundle.tasks).flatMap(({ task }) => Object.values(task.outcomes));
  const found = {
    workflows: [...new Set(outcomes.flatMap(({ raises }) => raises ?? []))],
    types: [...new Set(outcomes.flatMap(({ raisesInterest }) => raisesInterest ?? []))],
  };
  raisedIn.set(bundle, found);
  return found;
}

/** Answers to questions that the other form asks too. */
function only(answers: Answers, questions: ReadonlyMap<string, unknown>): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([question]) => questions.has(question)));
}

/** Streams and snapshots that raising needs. */
export function linkReads(
  organisation: Organisation,
  links: PreparedLinks,
  { person }: PreparedCase,
): Pick<Work, 'streams' | 'reads'> {
  const raised = [...links.cases.values()].map(({ prepared }) => prepared);
  const books = links.interests.size > 0 ? [interestStream(person)] : [];
  return {
    streams: [...raised.map(({ id }) => id), ...raised.flatMap(sharedStreams), ...books],
    reads: [
      ...raised.flatMap((one) => sharedReads(organisation, one)),
      ...(books.length > 0 ? [{ of: interestSnapshots, ids: books }] : []),
    ],
  };
}

/** The case's change with everything its events raise, all or nothing: support plans linked both ways, interests of the same customer. */
export function withRaised(
  organisation: Organisation,
  prepared: PreparedCase,
  links: PreparedLinks,
  snapshot: Omit<CaseSnapshot, 'state'>,
  decided: Decided,
  by: { actor: string; view: GroupView },
): Change {
  let own = decided;
  const others: PartialChange[] = [];
  for (const event of decided.events) {
    if (event.type === 'caseRaised') {
      const found = links.cases.get(event.payload.workflow);
      if (!found) continue;
      // What is raised sees what the case itself and those raised before it took: a turn, a place in somebody's load.
      const sofar = [toChange(organisation, prepared, snapshot, own), ...others];
      const raised = raiseCase(organisation, prepared, found, { ...by, view: sofar.reduce(viewAfter, by.view) });
      others.push(raised);
      const link = {
        type: 'linkCase',
        other: found.prepared.id,
        relation: `raised:${event.payload.workflow}`,
      } as const;
      const linked = decideEvents(organisation, prepared, own.state, link, by);
      own = { ...own, events: [...own.events, ...linked.events], state: linked.state };
    }
    if (event.type === 'interestRaised') {
      const raised = raiseInterest(organisation, prepared, links, event.payload.serviceType, by);
      if (raised) others.push(raised);
    }
  }
  const change = toChange(organisation, prepared, snapshot, own);
  return others.length === 0 ? change : { ...joinChanges(whole(change), ...others), response: change.response };
}

const whole = (change: Change): PartialChange => ({ snapshots: [], ...change });

function raiseCase(
  organisation: Organisation,
  parent: PreparedCase,
  { launch, prepared }: { launch: LaunchOf; prepared: PreparedCase },
  by: { actor: string; view: GroupView },
): PartialChange {
  const { decided, fixed } = launchCase(organisation, prepared, launch, by);
  const link = { type: 'linkCase', other: parent.id, relation: relationOf(parent.bundle.key) } as const;
  const linked = decideEvents(organisation, prepared, decided.state, link, by);
  const events = [...decided.events, ...linked.events];
  const change = toChange(organisation, prepared, fixed, { ...decided, events, state: linked.state });
  const { answersRef, answers } = launch;
  const rows = answersRef === null ? [] : [toPersonalRow(prepared, answersRef, answers, organisation.clock.now())];
  return whole({ ...change, rows: [...rows, ...change.rows] });
}

/** An interest that stands already is not raised again. */
function raiseInterest(
  organisation: Organisation,
  prepared: PreparedCase,
  links: PreparedLinks,
  serviceType: string,
  { actor, view }: { actor: string; view: GroupView },
): PartialChange | undefined {
  const found = links.interests.get(serviceType);
  if (!found) return undefined;
  const { person: customer } = prepared;
  const interest = randomUUID();
  const decision = decideResource(
    { resource: null, books: { [customer]: view.find(interestSnapshots, interestStream(customer))?.book ?? null } },
    {
      type: 'registerInterest',
      interest,
      customer,
      serviceType,
      answers: found.answers,
      source: 'plan',
      case: prepared.id,
    },
    { ...found.env, now: organisation.clock.now(), actor, ids: randomUUID, plan: {} },
  );
  if (decision.ok !== true) return undefined;
  const change = changeInterests(view, customer, decision.interests[customer] ?? [], () => prepared);
  const rows: RowChange[] = [
    toPersonalRow(prepared, `answers:${interest}`, found.answers, organisation.clock.now()),
    {
      table: 'interest_links',
      values: {
        secret_hash: hashSecret(derivedSecret(organisation.secret, `interest:${interest}`)),
        interest,
        customer,
      },
    },
  ];
  return { ...change, rows: [...change.rows, ...rows] };
}
