import { hash } from 'node:crypto';
import type { StoredEvent } from '../commit/commit-group.ts';

/** What stands before the first event of a stream. */
export const FIRST_HASH = '0'.repeat(64);

/** An event of any stream before it is numbered. */
interface EventDraft {
  readonly type: string;
  readonly actor: string;
  readonly effectiveAt: number;
  readonly recordedAt: number;
  readonly payload: unknown;
}

/** Numbers a draft and links it to the event before by SHA-256; `payload` is stored exactly as it was hashed. */
export function chainEvent(stream: string, seq: number, prevHash: string, draft: EventDraft): StoredEvent {
  const { type, actor, effectiveAt, recordedAt } = draft;
  const payload = JSON.stringify(draft.payload);
  const event = { stream, seq, type, actor, effectiveAt, recordedAt, payload, prevHash, hash: '' };
  event.hash = hashEvent(event);
  return event;
}

/** The hash of an event in its chain. The payload comes last and unescaped, so that no two events make the same text. */
export function hashEvent(event: Omit<StoredEvent, 'hash'>): string {
  const { prevHash, stream, seq, type, actor, effectiveAt, recordedAt, payload } = event;
  return hash('sha256', JSON.stringify([prevHash, stream, seq, type, actor, effectiveAt, recordedAt]) + payload, 'hex');
}
