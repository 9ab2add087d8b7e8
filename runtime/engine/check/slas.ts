import type { Sla } from '../../../schemas/period.ts';
import { passingClean } from './clean-parts.ts';

export interface PlacedSla {
  sla: Sla;
  path: string[];
}

/** Every SLA of a document, of tasks, nodes and the case alike, named ones included (C14). */
export function slasIn(value: unknown): PlacedSla[] {
  const found: PlacedSla[] = [];
  lookForSlas(value, [], found);
  return found;
}

const lookForSlas = passingClean((value: object, path, found: PlacedSla[]) => {
  if ('op' in value) return;
  if (isSla(value)) {
    found.push({ sla: value, path: [...path] });
    return;
  }
  for (const key of Object.keys(value)) {
    path.push(key);
    lookForSlas((value as Record<string, unknown>)[key], path, found);
    path.pop();
  }
});

function isSla(value: object): value is Sla {
  const target = 'target' in value ? value.target : undefined;
  return typeof target === 'object' && target !== null && 'unit' in target && typeof target.unit === 'string';
}
