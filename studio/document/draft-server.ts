import { ApiProblem, request } from '../api/client.ts';
import { keepSaved } from '../offline/keeping.ts';
import type { Saved } from '../offline/treatment.ts';
import type { DraftServer, Stored } from './autosave.ts';
import type { Body } from './journal.ts';
import { emptyLayout } from './merging-layouts.ts';

/** A browser lets no more outlive a page; the journal has the rest. */
const KEEPALIVE_LIMIT = 60_000;

/** The draft on the server, over /v1; tells what was saved. */
export const draftServerFor = (onSaved: (saved: Saved) => void): DraftServer => {
  return {
    async save(name, body, revision, keepalive) {
      const condition: Record<string, string> =
        revision === undefined ? { 'If-None-Match': '*' } : { 'If-Match': `"${revision}"` };
      const { body: answer } = await request<{ revision: number }>(toPath(name), {
        method: 'PUT',
        body,
        headers: condition,
        keepalive: keepalive && JSON.stringify(body).length < KEEPALIVE_LIMIT,
      });
      onSaved({ name, body, revision: answer.revision });
      return answer.revision;
    },
    async remove(name, revision) {
      if (name.startsWith('layout/')) return clearLayout(name, revision, onSaved);
      await request(toPath(name), { method: 'DELETE', headers: { 'If-Match': `"${revision}"` } });
      onSaved({ name, body: null, revision });
      return undefined;
    },
    load: loadStored,
  };
};

/** A drawing whose places were taken back is laid out by its links again: the server knows no drawing without places, but one with none. */
async function clearLayout(name: string, revision: number, onSaved: (saved: Saved) => void): Promise<Stored> {
  const body = emptyLayout(name.slice('layout/'.length));
  const headers = { 'If-Match': `"${revision}"` };
  const { body: answer } = await request<{ revision: number }>(toPath(name), { method: 'PUT', body, headers });
  onSaved({ name, body, revision: answer.revision });
  return { body, revision: answer.revision };
}

/** What the server holds of a document or layout; undefined where there is none. The draft kept for work without it holds the same then. */
export async function loadStored(name: string): Promise<Stored | undefined> {
  try {
    const { body } = await request<Record<string, unknown>>(toPath(name));
    const found = body['document'] ?? body['layout'];
    if (!found) return undefined;
    const stored = { body: found as Body, revision: Number(body['revision']) };
    keepSaved({ name, ...stored });
    return stored;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

function toPath(name: string): string {
  const [kind = '', key = ''] = name.split('/').map(encodeURIComponent);
  return kind === 'layout' ? `/v1/layouts/${key}` : `/v1/drafts/main/documents/${kind}/${key}`;
}
