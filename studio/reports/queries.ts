import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';

export type Standing = 'met' | 'exceeded' | 'amber' | 'onTrack';

export interface SlaCounts extends Record<Standing, number> {
  completedWhilePaused: number;
  /** Elapsed seconds by reason of the pause. */
  paused: Record<string, number>;
}

export interface SlaGroup extends SlaCounts {
  key: string;
  title?: string;
}

export interface SlaReport {
  zone: string;
  now: number;
  total: SlaCounts;
  groups: SlaGroup[];
  months: SlaGroup[];
}

/** What is asked of the report; empty text asks for all. */
export interface Asked {
  of: 'task' | 'case' | 'clock';
  by: 'workflow' | 'task' | 'team' | 'owner' | 'month';
  workflow: string;
  team: string;
  from: string;
  to: string;
}

export interface SlaItem {
  id: string;
  reference: string;
  item: string;
  title: string;
  owner: string | null;
  standing: Standing;
  on: string;
}

export function toSearch(asked: Asked, more: Record<string, string> = {}): string {
  const search = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  for (const [name, value] of Object.entries(more)) search.set(name, value);
  return search.toString();
}

export const slaQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['sla', asked],
    queryFn: async () => (await request<SlaReport>(`/v1/reports/sla?${toSearch(asked)}`)).body,
    placeholderData: keepPreviousData,
  });

export const slaItemsQuery = (asked: Asked, group: string) =>
  queryOptions({
    queryKey: ['sla', asked, group],
    queryFn: async () =>
      (await request<{ total: number; items: SlaItem[] }>(`/v1/reports/sla/items?${toSearch(asked, { group })}`)).body,
  });
