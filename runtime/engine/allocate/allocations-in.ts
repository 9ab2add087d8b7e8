import type { CaseEvent, CaseEventPayloads } from '../../../schemas/case-event.ts';

/** One item that went to somebody: why, where a rule chose, and the turn it took (L4, L9). */
export type Allocated = Omit<CaseEventPayloads['allocated'], 'others'>;
type Given = Pick<CaseEventPayloads['taskReassigned'], 'owner' | 'explanation' | 'cursor'>;

const nobody: readonly Given[] = [];

/** Each item that an event gives to somebody, in order: one event tells of all that a launch gives away (L11). */
export function givenBy(event: Pick<CaseEvent, 'type' | 'payload'>): readonly Given[] {
  if (event.type === 'allocated') return allocationsOf(event.payload as CaseEventPayloads['allocated']);
  return event.type === 'taskReassigned' ? [event.payload as CaseEventPayloads['taskReassigned']] : nobody;
}

/** The allocations that one event tells of, in order. */
export function allocationsOf({ others = [], ...first }: CaseEventPayloads['allocated']): readonly Allocated[] {
  return [first, ...others];
}
