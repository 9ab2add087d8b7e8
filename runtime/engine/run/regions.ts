import type { MachineValue } from '../../../schemas/case-event.ts';
import type { SlaState } from './types.ts';

/** Region of a machine that holds one named clock. */
export const clockRegion = (clock: string): string => `sla_${clock}`;

/** Region of a machine that holds one rung of its ladder. */
export const rungRegion = (rung: string): string => `rung_${rung}`;

/** Worst SLA state over the clocks of a machine's value. */
export function slaStateOf(value: MachineValue): SlaState {
  if (typeof value === 'string') return 'onTrack';
  let worst: SlaState = 'onTrack';
  for (const region of Object.keys(value)) {
    if (!region.startsWith('sla_')) continue;
    if (value[region] === 'exceeded') return 'exceeded';
    if (value[region] === 'amber') worst = 'amber';
  }
  return worst;
}
