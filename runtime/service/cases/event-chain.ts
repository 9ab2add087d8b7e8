import { createHash } from 'node:crypto';
import type { CaseEvent } from '../../../schemas/case-event.ts';
import type { CaseEventDraft } from '../../engine/index.ts';
import type { StoredEvent } from '../commit/commit-group.ts';

/** What stands before the first event of a stream. */
export const FIRST_HASH = '0'.repeat(64);

/** Numbers a draft and links it to the event before by SHA-256; `payload` is stored exactly as it was hashed. */
export function chainEvent(stream: string, seq: number, prevHash: string, draft: CaseEventDraft): StoredEvent {
  const { type, actor, effectiveAt, recordedAt } = draft;
  const event = { stream, seq, type, actor, effectiveAt, recordedAt, payload: JSON.stringify(draft.payload), prevHash };
  return { ...event, hash: hashEvent(event) };
}

/** The hash of an event in its chain. */
export function hashEvent(event: Omit<StoredEvent, 'hash'>): string {
  const { prevHash, stream, seq, type, actor, effectiveAt, recordedAt, payload } = event;
  return createHash('sha256')
    .update(JSON.stringify([prevHash, stream, seq, type, actor, effectiveAt, recordedAt, payload]))
    .digest('hex');
}

/** The event as the engine reads it. */
export function toCaseEvent(event: StoredEvent): CaseEvent {
  const { seq, type, actor, effectiveAt, recordedAt, payload } = event;
  return { seq, type, actor, effectiveAt, recordedAt, payload: JSON.parse(payload) } as CaseEvent;
}
