import { describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { LayoutDocument } from '../../../schemas/settings.ts';
import { mergeDocuments } from '../../../studio/document/merging.ts';
import { mergeLayouts } from '../../../studio/document/merging-layouts.ts';

const team = (fields: Partial<{ title: string; description: string; type: string }>): AnyDocument =>
  ({ kind: 'team', format: 1, key: 'T', title: 'Team', type: 'group', ...fields }) as AnyDocument;

describe('merging two changes of one document', () => {
  it('takes both where they touch different fields', () => {
    expect(mergeDocuments(team({}), team({ title: 'Mine' }), team({ description: 'Theirs' }), {})).toEqual({
      document: team({ title: 'Mine', description: 'Theirs' }),
      clashes: [],
      fault: undefined,
    });
  });

  it('names a field that both changed and follows the choice', () => {
    const [base, mine, theirs] = [team({}), team({ title: 'Mine' }), team({ title: 'Theirs' })];
    const clash = { pointer: '/title', path: ['title'], mine: 'Mine', theirs: 'Theirs' };
    expect(mergeDocuments(base, mine, theirs, {})).toMatchObject({ document: mine, clashes: [clash] });
    expect(mergeDocuments(base, mine, theirs, { '/title': 'theirs' })).toMatchObject({ document: theirs });
  });

  it('says why what came together is no document', () => {
    const { type: _type, ...typeless } = team({}) as AnyDocument & { type: string };
    expect(mergeDocuments(team({}), team({ title: 'Mine' }), typeless as AnyDocument, {}).fault).toContain('/type');
  });

  it('lets a document go when the one who deleted it is chosen', () => {
    const merged = mergeDocuments(team({}), team({ title: 'Mine' }), undefined, { '': 'theirs' });
    expect(merged).toMatchObject({ document: undefined, fault: undefined, clashes: [{ pointer: '' }] });
  });
});

describe('merging the places of one drawing', () => {
  const layout = (positions: LayoutDocument['positions']): LayoutDocument => ({
    kind: 'layout',
    format: 1,
    key: 'W',
    positions,
  });
  const at = (x: number) => ({ x, y: 0 });

  it('keeps what each moved, and mine where both moved one card', () => {
    const base = layout({ A: at(0), B: at(0), C: at(0) });
    const mine = layout({ A: at(1), B: at(0), C: at(1) });
    const theirs = layout({ A: at(0), B: at(2), C: at(2), D: at(2) });
    expect(mergeLayouts(base, mine, theirs).positions).toEqual({ A: at(1), B: at(2), C: at(1), D: at(2) });
  });

  it('does not bring back a card that I deleted', () => {
    expect(mergeLayouts(layout({ A: at(0) }), layout({}), layout({ A: at(5) })).positions).toEqual({});
  });
});
