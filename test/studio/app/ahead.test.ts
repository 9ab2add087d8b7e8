import { afterEach, describe, expect, it, vi } from 'vitest';
import { askAhead, takeAhead } from '../../../studio/app/ahead.ts';

const asked = () => vi.mocked(fetch).mock.calls.map(([path]) => path);

function serve(status: number): void {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response('{}', { status })),
  );
}

describe('what is asked for ahead', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is what the drawing of the address needs, each answer given once', async () => {
    serve(200);
    askAhead({ pathname: '/studio/workflow/HP', hash: '' });
    expect(asked()).toEqual(['/v1/me', '/v1/drafts/main/configuration', '/v1/layouts/HP']);
    for (const path of asked() as string[]) {
      expect((await takeAhead(path))?.status).toBe(200);
      expect(await takeAhead(path)).toBeUndefined();
    }
  });

  it('leaves the draft alone on a page that does not open it', async () => {
    serve(200);
    askAhead({ pathname: '/studio/worklist', hash: '' });
    expect(asked()).toEqual(['/v1/me']);
    await takeAhead('/v1/me');
  });

  it('waits while somebody is still to be signed in', () => {
    serve(200);
    askAhead({ pathname: '/studio/', hash: '#signin=abc' });
    askAhead({ pathname: '/studio/sign-in', hash: '' });
    expect(asked()).toEqual([]);
  });

  it('keeps no answer that says no: who wants it asks anew', async () => {
    serve(401);
    askAhead({ pathname: '/studio/library/workflows', hash: '' });
    expect(await takeAhead('/v1/me')).toBeUndefined();
    expect(await takeAhead('/v1/drafts/main/configuration')).toBeUndefined();
  });
});
