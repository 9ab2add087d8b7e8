import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { Configuration } from '../../schemas/configuration.ts';
import { ApiProblem, request } from './client.ts';
import { everyMs, readPages } from './pages.ts';
import { whoWorksHere } from './person.ts';
import type {
  CasePage,
  CaseRow,
  DirectoryAnswer,
  DraftAnswer,
  Drawing,
  Me,
  MessagesAnswer,
  ReleaseRow,
  TimelineEntry,
  WorklistAnswer,
} from './types.ts';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    // Asked for without a connection too: what is kept here answers at once, and the rest says so instead of waiting without a word.
    defaultOptions: {
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 10_000,
        retry: (count, error) =>
          count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
      },
    },
  });
}

const get = async <T>(path: string) => (await request<T>(path)).body;

/** Whom this page works for, also while somebody else is signed in in its browser. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => whoWorksHere(await get<Me>('/v1/me')),
  staleTime: 60_000,
});

/** Loaded once: from then on the draft store holds the open documents, and autosave keeps the revisions. */
export const draftQuery = queryOptions({
  queryKey: ['draft'],
  queryFn: () => get<DraftAnswer>('/v1/drafts/main/configuration'),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export const releasesQuery = queryOptions({
  queryKey: ['releases'],
  queryFn: async () => (await get<{ releases: ReleaseRow[] }>('/v1/releases')).releases,
});

export const worklistQuery = (view: 'mine' | 'covering' | 'team' | 'all', pages = 1) =>
  queryOptions({
    queryKey: ['worklist', view, pages],
    queryFn: async (): Promise<WorklistAnswer> => {
      const read = await readPages<WorklistAnswer>(`/v1/worklist?view=${view}`, pages);
      const last = read.at(-1);
      if (!last) throw new Error('expected a page of the worklist');
      return { ...last, items: read.flatMap(({ items }) => items) };
    },
    refetchInterval: everyMs(pages),
  });

export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  queryFn: () => get<DirectoryAnswer>('/v1/directory'),
  staleTime: 60_000,
});

/** The documents of a release, for words a case shows: titles, fields, outcomes, hold reasons. */
export const releaseDocumentsQuery = (number: number) =>
  queryOptions({
    queryKey: ['release', number],
    queryFn: async () => (await get<{ documents: Configuration }>(`/v1/releases/${number}/documents`)).documents,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The documents of the newest release, for the names of teams and workflows; undefined until they are here. */
export function useNewestDocuments(): Configuration | undefined {
  const { data: releases } = useQuery(releasesQuery);
  const newest = Math.max(0, ...(releases ?? []).map((release) => release.number));
  return useQuery({ ...releaseDocumentsQuery(newest), enabled: newest > 0 }).data;
}

export const casesQuery = (pages = 1) =>
  queryOptions({
    queryKey: ['cases', pages],
    queryFn: async () => {
      const read = await readPages<{ cases: CaseRow[]; next: string | null }>('/v1/cases', pages);
      return { cases: read.flatMap(({ cases }) => cases), next: read.at(-1)?.next ?? null };
    },
    refetchInterval: everyMs(pages),
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: () => get<CasePage>(`/v1/cases/${encodeURIComponent(id)}`),
    refetchInterval: 15_000,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'timeline'],
    queryFn: () =>
      get<{ entries: TimelineEntry[]; personal: Record<string, unknown> }>(
        `/v1/cases/${encodeURIComponent(id)}/timeline`,
      ),
    refetchInterval: 15_000,
  });

export const drawingQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'drawing'],
    queryFn: () => get<Drawing>(`/v1/cases/${encodeURIComponent(id)}/drawing`),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const messagesQuery = (pages = 1) =>
  queryOptions({
    queryKey: ['messages', pages],
    queryFn: async (): Promise<MessagesAnswer> => {
      const read = await readPages<MessagesAnswer>('/v1/messages', pages);
      const last = read.at(-1);
      if (!last) throw new Error('expected a page of messages');
      return { ...last, messages: read.flatMap(({ messages }) => messages) };
    },
    refetchInterval: everyMs(pages),
  });
