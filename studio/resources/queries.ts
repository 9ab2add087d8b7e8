import { queryOptions } from '@tanstack/react-query';
import type { ResourcePage, ResourceSummary, ServiceTypeSummary } from '../../schemas/resource-api.ts';
import { request } from '../api/client.ts';
import { everyMs, readPages } from '../api/pages.ts';
import type { Moment } from '../api/types.ts';

const get = async <T>(path: string) => (await request<T>(path)).body;

export const resourcesQuery = (pages = 1) =>
  queryOptions({
    queryKey: ['resources', pages],
    queryFn: async () => {
      const read = await readPages<{ resources: ResourceSummary[]; next: string | null }>('/v1/resources', pages);
      return { resources: read.flatMap(({ resources }) => resources), next: read.at(-1)?.next ?? null };
    },
    refetchInterval: everyMs(pages),
  });

export const serviceTypesQuery = queryOptions({
  queryKey: ['service-types'],
  queryFn: async () => (await get<{ types: ServiceTypeSummary[] }>('/v1/service-types')).types,
  staleTime: 60_000,
});

export const resourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['resource', id],
    queryFn: () => get<ResourcePage>(`/v1/resources/${encodeURIComponent(id)}`),
    refetchInterval: 15_000,
  });

export const interestQuery = (id: string) =>
  queryOptions({
    queryKey: ['interest', id],
    queryFn: () =>
      get<{ inWords: { question: string; answer: string }[]; link: string }>(`/v1/interests/${encodeURIComponent(id)}`),
  });

/** One sentence of a resource's history. */
export interface ResourceEntry {
  seq: number;
  at: Moment;
  actor: string;
  text: string;
  name: string | null;
  reason: string | null;
}

export const resourceHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['resource', id, 'history'],
    queryFn: async () =>
      (await get<{ entries: ResourceEntry[] }>(`/v1/resources/${encodeURIComponent(id)}/timeline`)).entries,
    refetchInterval: 15_000,
  });
