import type { Sla } from '../../../schemas/period.ts';

export interface PlacedSla {
  sla: Sla;
  path: string[];
}

/** Every SLA of a document, of tasks, nodes and the case alike, named ones included (C14). */
export function slasIn(value: unknown, path: string[] = []): PlacedSla[] {
  if (typeof value !== 'object' || value === null || 'op' in value) return [];
  if (isSla(value)) return [{ sla: value, path }];
  return Object.entries(value).flatMap(([key, child]) => slasIn(child, [...path, key]));
}

function isSla(value: object): value is Sla {
  const target = 'target' in value ? value.target : undefined;
  return typeof target === 'object' && target !== null && 'unit' in target && typeof target.unit === 'string';
}
