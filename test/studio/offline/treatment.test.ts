import { describe, expect, it } from 'vitest';
import { isDraftAnswer, outdated, treatmentOf, withSaved } from '../../../studio/offline/treatment.ts';

const origin = 'https://lintel.example';
const asked = (path: string, rest: { method?: string; mode?: RequestMode } = {}) =>
  treatmentOf({ method: 'GET', mode: 'cors', url: `${origin}${path}`, ...rest }, origin);

describe('a request is answered without the server', () => {
  it('when it is for a page or a part of the studio, or for the draft', () => {
    expect(asked('/studio/workflow/HP?view=outline', { mode: 'navigate' })).toBe('page');
    expect(asked('/studio/assets/canvas-D0Mz2pfW.js')).toBe('asset');
    expect(asked('/v1/me')).toBe('draft');
    expect(asked('/v1/drafts/main/configuration')).toBe('draft');
    expect(asked('/v1/layouts/HP')).toBe('draft');
  });

  it.each([
    ['a change', '/v1/drafts/main/documents/workflow/HP', { method: 'PUT' }],
    ['a case', '/v1/cases/C1'],
    ['a list of cases', '/v1/cases?limit=200'],
    ['a worklist', '/v1/worklist?view=mine'],
    ['a customer', '/v1/customers/K1'],
    ['messages', '/v1/messages'],
    ['the directory', '/v1/directory'],
    ['a report', '/v1/reports/sla'],
    ['the draft with a question of its own', '/v1/drafts/main/configuration?at=3'],
    ['a page for customers', '/start', { mode: 'navigate' as const }],
    ['the worker itself', '/studio/service-worker.js'],
    ['the look whether there is a server', '/studio/'],
  ])('never for %s', (_, path, rest: { method?: string; mode?: RequestMode } = {}) => {
    expect(asked(path, rest)).toBe('pass');
  });

  it('never for another origin', () => {
    const request = { method: 'GET', mode: 'cors' as const, url: 'https://other.example/v1/me' };
    expect(treatmentOf(request, origin)).toBe('pass');
  });

  it('and nothing else can be asked to be kept', () => {
    expect(['/v1/me', '/v1/layouts/HP', '/v1/cases', '/v1/layouts/HP/../../cases/C1'].filter(isDraftAnswer)).toEqual([
      '/v1/me',
      '/v1/layouts/HP',
    ]);
  });
});

describe('what is kept', () => {
  it('is this build and the one before, whose pages may still be open', () => {
    const names = ['lintel-studio-1', 'lintel-draft', 'lintel-studio-2', 'lintel-studio-3'];
    expect(outdated(names, 'lintel-studio-3', 'lintel-studio-')).toEqual(['lintel-studio-1']);
    expect(outdated(['lintel-studio-3'], 'lintel-studio-3', 'lintel-studio-')).toEqual([]);
  });

  it('follows what is saved: a document changed, put in or taken out, and no other', () => {
    const draft = { baseRelease: 1, documents: { team: { A: { document: 'a', revision: 1 } } } };
    const changed = withSaved(draft, { name: 'team/A', body: 'b', revision: 2 });
    expect(changed).toEqual({ baseRelease: 1, documents: { team: { A: { document: 'b', revision: 2 } } } });
    const added = withSaved(changed, { name: 'task/T', body: 't', revision: 1 });
    expect(added.documents).toEqual({ ...changed.documents, task: { T: { document: 't', revision: 1 } } });
    expect(withSaved(added, { name: 'team/A', body: null, revision: 2 }).documents['team']).toEqual({});
    expect(draft.documents.team.A.revision).toBe(1);
    // One tab tells of its save after another one told of a later.
    expect(withSaved(changed, { name: 'team/A', body: 'a', revision: 1 })).toEqual(changed);
  });
});
