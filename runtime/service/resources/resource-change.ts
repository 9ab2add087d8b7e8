import type { InterestEvent, ResourceEvent } from '../../../schemas/resource-event.ts';
import {
  evolveInterests,
  evolveResource,
  type InterestBook,
  type InterestEventDraft,
  type ResourceEventDraft,
  type ResourceState,
} from '../../engine/index.ts';
import { chainEvent, FIRST_HASH } from '../cases/event-chain.ts';
import type { StoredEvent } from '../commit/commit-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { seal } from '../identity/secrets.ts';
import { type InterestSnapshot, interestSnapshots, interestStream, resourceSnapshots } from './resource-snapshots.ts';

/** What a command on a resource answers: its events, with the id of the thing each is about. */
export interface ResourceAnswer {
  revision: number;
  events: { seq: number; type: string; id?: string }[];
}

/** A change without an answer yet. */
export type PartialChange = Required<Omit<Change, 'response'>>;

type Draft = ResourceEventDraft | InterestEventDraft;

/** Whose key seals a personal text. */
export type Sealer = (of: string | null) => { person: string; key: Buffer };

function sealed(draft: Draft, sealer: Sealer): RowChange[] {
  if (!draft.personal) return [];
  const { person, key } = sealer(draft.personal.of);
  return Object.entries(draft.personal.values).map(([ref, value]) => ({
    table: 'personal_values',
    values: { ref, person, sealed: seal(key, ref, value), created_at: draft.recordedAt },
  }));
}

/** Numbers and chains the drafts of one stream. */
function toEvents(stream: string, revision: number, lastHash: string | undefined, drafts: readonly Draft[]) {
  const events: StoredEvent[] = [];
  let hash = lastHash ?? FIRST_HASH;
  drafts.forEach((draft, index) => {
    const event = chainEvent(stream, revision + index + 1, hash, draft);
    events.push(event);
    hash = event.hash;
  });
  return { events, lastHash: hash };
}

/** Everything that events of a resource change; none only depends on the resource. `fixed` is for a new one. */
export function changeResource(
  view: GroupView,
  id: string,
  drafts: readonly ResourceEventDraft[],
  sealer: Sealer,
  fixed?: { reference: string; sample: number },
): PartialChange {
  const before = view.find(resourceSnapshots, id);
  const { events, lastHash } = toEvents(id, view.revision(id), before?.lastHash, drafts);
  const state = drafts.reduce<ResourceState | null>(
    (current, draft, index) =>
      evolveResource(current, { ...draft, seq: view.revision(id) + index + 1 } as unknown as ResourceEvent),
    before?.state ?? null,
  );
  const named = before?.fixed ?? fixed;
  return {
    moves: [{ stream: id, kind: 'resource', by: drafts.length }],
    events,
    rows: drafts.flatMap((draft) => sealed(draft, sealer)),
    snapshots:
      state && named && drafts.length > 0
        ? [{ of: resourceSnapshots, id, snapshot: { state, lastHash, fixed: named } }]
        : [],
  };
}

/** Everything that events of a customer's interests change; none only depends on them. */
export function changeInterests(
  view: GroupView,
  customer: string,
  drafts: readonly InterestEventDraft[],
  sealer: Sealer,
): PartialChange {
  const id = interestStream(customer);
  const before = view.find(interestSnapshots, id);
  const { events, lastHash } = toEvents(id, view.revision(id), before?.lastHash, drafts);
  const book = drafts.reduce<InterestBook | null>(
    (current, draft, index) =>
      evolveInterests(current, { ...draft, seq: view.revision(id) + index + 1 } as unknown as InterestEvent),
    before?.book ?? null,
  );
  const snapshot: InterestSnapshot | undefined = book && drafts.length > 0 ? { book, lastHash } : undefined;
  return {
    moves: [{ stream: id, kind: 'interests', by: drafts.length }],
    events,
    rows: drafts.flatMap((draft) => sealed(draft, sealer)),
    snapshots: snapshot ? [{ of: interestSnapshots, id, snapshot }] : [],
  };
}

/** Several changes as one. */
export function joinChanges(...changes: readonly PartialChange[]): PartialChange {
  return {
    moves: changes.flatMap(({ moves }) => moves),
    events: changes.flatMap(({ events }) => events),
    rows: changes.flatMap(({ rows }) => rows),
    snapshots: changes.flatMap(({ snapshots }) => snapshots),
  };
}

/** The answer of a change: revision of the resource and what happened to it and to its customers. */
export function toAnswer(view: GroupView, id: string | null, change: PartialChange): ResourceAnswer {
  const own = change.events.filter(({ stream }) => stream === id);
  return {
    revision: (id === null ? 0 : view.revision(id)) + own.length,
    events: change.events.map(({ seq, type, payload }) => {
      const told = JSON.parse(payload) as Record<string, unknown>;
      const about = told.allocation ?? told.offer ?? told.match ?? told.interest;
      return { seq, type, ...(typeof about === 'string' ? { id: about } : {}) };
    }),
  };
}
