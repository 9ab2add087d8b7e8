import { describe, expect, it } from 'vitest';
import { applyEdit, copiesOfTitle, renameTitle, scriptPlayer } from '../../../../runtime/engine/index.ts';
import { type AnyDocument, documentKinds } from '../../../../schemas/configuration.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const content = { configuration, layouts: {} };

function edited(command: Parameters<typeof applyEdit>[1]) {
  const result = applyEdit(content, command);
  if (!result.ok) throw new Error(result.refusal.message);
  return result;
}

/** Every place that holds a text, as `kind/key/path`. */
function placesOf(text: string, of = configuration): string[] {
  const walk = (value: unknown, path: string): string[] =>
    value === text
      ? [path]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, child]) => walk(child, `${path}/${name}`))
        : [];
  return documentKinds.flatMap((kind) =>
    Object.values<AnyDocument>(of[kind]).flatMap((document) => walk(document, `${kind}/${document.key}`)),
  );
}

describe('a new title', () => {
  it('is taken to the headings of the pack that were named after the workflow, in one step that undoes as one', () => {
    const old = 'Complaint';
    const copied = placesOf(old).filter((place) => place.startsWith('advice/'));
    expect(copied.length).toBeGreaterThan(5);
    const { content: after, edit } = edited(
      renameTitle(configuration, { kind: 'workflow', key: 'CO', title: 'Make a complaint' }),
    );
    expect(edit.label).toBe('Rename CO to Make a complaint');
    expect(after.configuration.workflow['CO']?.title).toBe('Make a complaint');
    expect(placesOf('Make a complaint', after.configuration)).toEqual(expect.arrayContaining(copied));
    expect(placesOf(old, after.configuration).filter((place) => place.startsWith('advice/'))).toEqual([]);
  });

  it('changes no key and nothing else: every document is where it was and says what it said', () => {
    const { content: after } = edited(
      renameTitle(configuration, { kind: 'workflow', key: 'HZ', title: 'Damp, mould, danger' }),
    );
    for (const kind of documentKinds)
      expect(Object.keys(after.configuration[kind])).toEqual(Object.keys(configuration[kind]));
    const changed = documentKinds.flatMap((kind) =>
      Object.entries<AnyDocument>(after.configuration[kind]).flatMap(([key, document]) =>
        (configuration[kind] as Record<string, AnyDocument>)[key] === document ? [] : [`${kind}/${key}`],
      ),
    );
    expect(changed.sort()).toEqual([
      'advice/HZ1',
      'advice/HZ2',
      'advice/HZ3',
      'advice/HZ4',
      'advice/HZ5',
      'form/HZ',
      'workflow/HZ',
    ]);
  });

  it('of a task is shown wherever the task is: the drawing and open work hold its key, no copy', () => {
    expect(copiesOfTitle(configuration, 'task', 'HP03').filter(({ isWhole }) => isWhole)).toEqual([]);
    const { content: after } = edited(
      renameTitle(configuration, { kind: 'task', key: 'HP03', title: 'Decide the duty' }),
    );
    const test = after.configuration.test['HP-life'];
    if (!test) throw new Error('expected the shipped test HP-life');
    const { played, failures } = scriptPlayer(after.configuration)(test);
    expect(failures).toEqual([]);
    expect(played.state?.tasks['HP03']?.title).toBe('Decide the duty');
  });

  it('offers the sentences that speak of an agency by name, and changes those that were chosen', () => {
    const found = copiesOfTitle(configuration, 'agency', 'HOUSING-OMBUDSMAN').filter(({ kind }) => kind === 'advice');
    expect(found.map(({ key, path }) => [key, path.join('/')])).toEqual(expect.arrayContaining([['CO9', 'body']]));
    const rename = { kind: 'agency' as const, key: 'HOUSING-OMBUDSMAN', title: 'Ombudsman for Homes' };
    const { content: after } = edited(renameTitle(configuration, rename, found));
    expect(after.configuration.advice['CO9']?.body).toContain('ask the Ombudsman for Homes for advice');
    expect(after.configuration.advice['CO9']?.body).toContain('{{agency:HOUSING-OMBUDSMAN}}');
  });

  it('is not mistaken for another word that begins alike, nor for a title that happens to be the same', () => {
    const places = copiesOfTitle(configuration, 'calendar', 'england-and-wales');
    expect(
      places.some(
        ({ kind, path }) => kind === 'agency' && path[0] === 'area' && !places.some(({ isWhole }) => isWhole),
      ),
    ).toBe(true);
    expect(copiesOfTitle(configuration, 'task', 'GONE')).toEqual([]);
  });
});
