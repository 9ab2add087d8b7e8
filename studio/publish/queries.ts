import { queryOptions } from '@tanstack/react-query';
import type { Finding } from '../../schemas/finding.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import { request } from '../api/client.ts';
import type { Moment } from '../api/types.ts';

export interface Change {
  document: string;
  title: string;
  change: 'added' | 'changed' | 'removed';
  sentences: string[];
  parts: { pointer: string; from?: unknown; to?: unknown }[];
}

export interface MergeConflict {
  document: string;
  pointer: string;
  mine?: unknown;
  theirs?: unknown;
  message: string;
}

/** What publishing would change, as the server sees the draft. */
export interface Review {
  baseRelease: number | null;
  newestRelease: number | null;
  digest: string;
  needsTwoPeople: boolean;
  changes: Change[];
  conflicts: MergeConflict[];
  findings: Finding[];
}

export interface Covered {
  covered: number;
  total: number;
  missing: string[];
}

export interface TestRun {
  passed: number;
  failed: number;
  results: { key: string; title: string; workflow: string; passed: boolean; failures: string[] }[];
  coverage: Record<'nodes' | 'links' | 'branches' | 'rungs' | 'statements' | 'rules' | 'options', Covered>;
}

export interface CaseEffect {
  id: string;
  reference: string;
  workflow: string;
  release: number;
  isPinned: boolean;
  blocks: { code: string; what: string; reason: string }[];
  added: string[];
  orphaned: string[];
  dates: { of: string; which: string; from: Moment | null; to: Moment | null }[];
  statements: { gained: string[]; lost: string[] };
  messages: { to: string; channel: string; about: string }[];
}

export interface Effect {
  openCases: number;
  unchanged: number;
  cannotMove: number;
  pinned: number;
  cases: CaseEffect[];
}

export interface Proposal {
  id: string;
  state: string;
  author: string;
  note: string;
  createdAt: Moment;
  startsAt: Moment | null;
  decidedBy: string | null;
  release: number | null;
  /** The release that is to be the newest again; null for the draft. */
  restores: number | null;
  digest: string;
  /** Promoted from another place: it is not in the draft here, and approved by promoting the same digest. */
  isFromElsewhere: boolean;
}

export interface MoveRow {
  id: string;
  to: number;
  state: 'running' | 'done';
  note: string;
  startedBy: string;
  startedAt: Moment;
  /** When the release goes live that it waits for. */
  startsAt: Moment | null;
  moved: number;
  refused: number;
  undone: number;
  left: number;
}

export interface MoveDetail {
  cases: { id: string; reference: string; fromRelease: number; state: string; reasons: { reason: string }[] }[];
}

/** Where the nodes of a workflow lie; nothing where nobody ever moved one. */
export const layoutQuery = (workflow: string) =>
  queryOptions({
    queryKey: ['layout', workflow],
    queryFn: async (): Promise<LayoutDocument['positions']> => {
      try {
        const body = await get<{ layout?: LayoutDocument }>(`/v1/layouts/${encodeURIComponent(workflow)}`);
        return body.layout?.positions ?? {};
      } catch {
        return {};
      }
    },
    staleTime: 30_000,
  });

export type Resolve = 'mine' | 'theirs';

const get = async <T>(path: string) => (await request<T>(path)).body;
const post = async <T>(path: string, body: unknown = {}) => (await request<T>(path, { method: 'POST', body })).body;

/** `flush` sends what is not saved yet, so that the server reviews what the person sees. */
export const reviewQuery = (resolve: Resolve | undefined, flush: () => Promise<void>) =>
  queryOptions({
    queryKey: ['review', resolve ?? 'mine'],
    queryFn: async () => {
      await flush();
      return get<Review>(`/v1/drafts/main/review${resolve ? `?resolve=${resolve}` : ''}`);
    },
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

/** Asked again for every draft: the digest names what was looked at. */
export const testsQuery = (digest: string) =>
  queryOptions({
    queryKey: ['draft-tests', digest],
    queryFn: () => request<TestRun>('/v1/drafts/main/tests', { method: 'POST' }).then(({ body }) => body),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

/** A dry run over the open cases: under the draft, or under a release. */
export const effectQuery = (of: { draft: string } | { release: number }) =>
  queryOptions({
    queryKey: ['effect', of],
    queryFn: () =>
      'draft' in of
        ? request<Effect>('/v1/drafts/main/effect', { method: 'POST' }).then(({ body }) => body)
        : post<Effect>(`/v1/releases/${of.release}/effect`),
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });

export const proposalsQuery = queryOptions({
  queryKey: ['proposals'],
  queryFn: async () => (await get<{ proposals: Proposal[] }>('/v1/proposals')).proposals,
  refetchInterval: 15_000,
});

/** What a bundle from elsewhere changes: it stays as it was put forward. */
export const proposedChangesQuery = (proposal: string) =>
  queryOptions({
    queryKey: ['proposals', proposal, 'changes'],
    queryFn: async () => (await get<{ changes: Change[] }>(`/v1/proposals/${proposal}/changes`)).changes,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const movesQuery = queryOptions({
  queryKey: ['moves'],
  queryFn: async () => (await get<{ moves: MoveRow[] }>('/v1/moves')).moves,
  refetchInterval: ({ state }) => (state.data?.some((move) => move.state === 'running') ? 1000 : 15_000),
});

export const moveQuery = (id: string) =>
  queryOptions({ queryKey: ['moves', id], queryFn: () => get<MoveDetail>(`/v1/moves/${id}`) });
