import type { Period, Sla, SlaSet } from '../../schemas/period.ts';
import { mainSla } from '../words/period-words.ts';

/** The same SLA with another plain clock; of several by name (C14) only the one people plan by changes. */
export function withMainSla(set: SlaSet | undefined, sla: Sla): SlaSet {
  const main = mainSla(set);
  if (!set || main === set || !main) return sla;
  const named = set as Readonly<Record<string, Sla>>;
  const name = Object.keys(named).find((key) => named[key] === main) ?? 'completion';
  return { ...named, [name]: sla };
}

/** The same SLA with another length of its target. */
export function withMainTarget(set: SlaSet | undefined, period: Period): SlaSet {
  const main = mainSla(set);
  return withMainSla(set, main ? { ...main, target: { ...main.target, ...period } } : { target: period });
}
