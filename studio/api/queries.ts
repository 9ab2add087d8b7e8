import { QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiProblem, request } from './client.ts';
import type { CasePage, CaseRow, DraftAnswer, Drawing, Me, MessageRow, ReleaseRow, TaskRow, TimelineEntry } from './types.ts';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
      },
    },
  });
}

const get = async <T>(path: string) => (await request<T>(path)).body;

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => get<Me>('/v1/me'), staleTime: 60_000 });

/** Loaded once: from then on the draft store holds the open documents, and autosave keeps the revisions. */
export const draftQuery = queryOptions({
  queryKey: ['draft'],
  queryFn: () => get<DraftAnswer>('/v1/drafts/main/configuration'),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export const releasesQuery = queryOptions({
  queryKey: ['releases'],
  queryFn: async () => toRows<ReleaseRow>(await get('/v1/releases'), 'releases'),
});

export const worklistQuery = (view: string) =>
  queryOptions({
    queryKey: ['worklist', view],
    queryFn: async () => toRows<TaskRow>(await get(`/v1/worklist?view=${view}&limit=200`), 'tasks'),
    refetchInterval: 15_000,
  });

export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: async () => toRows<CaseRow>(await get('/v1/cases?limit=200'), 'cases'),
  refetchInterval: 15_000,
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
    queryFn: async () => toRows<TimelineEntry>(await get(`/v1/cases/${encodeURIComponent(id)}/timeline`), 'entries'),
  });

export const drawingQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'drawing'],
    queryFn: () => get<Drawing>(`/v1/cases/${encodeURIComponent(id)}/drawing`),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const messagesQuery = queryOptions({
  queryKey: ['messages'],
  queryFn: async () => toRows<MessageRow>(await get('/v1/messages'), 'messages'),
  refetchInterval: 15_000,
});

/** Lists come under their own name. */
function toRows<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[];
  const found = (answer as Record<string, unknown>)[name] ?? (answer as Record<string, unknown>)['items'];
  return Array.isArray(found) ? (found as T[]) : [];
}
