import type { CaseRelation } from '../../../schemas/api.ts';
import type { CaseState } from '../../engine/index.ts';
import { textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { type Viewer, visibleArgs, visibleSql } from './visible.ts';

/** Links to other cases, those to cases that are not for the viewer's eyes left out. */
export async function visibleLinks(
  { database }: Organisation,
  links: CaseState['links'],
  viewer: Viewer,
): Promise<CaseState['links']> {
  if (links.length === 0) return links;
  const rows = await database.query(
    `SELECT c.id FROM cases c WHERE c.id IN (SELECT value FROM json_each(?1)) AND NOT ${visibleSql(2)}`,
    [JSON.stringify(links.map(({ other }) => other)), ...visibleArgs(viewer)],
  );
  const hidden = new Set(rows.map((row) => textOf(row, 'id')));
  return links.filter(({ other }) => !hidden.has(other));
}

/** What a case hangs together with: linked cases, the resource whose action plan it is, interests it raised (P11, P12). */
export async function relatedOf(
  { database }: Organisation,
  id: string,
  links: CaseState['links'],
): Promise<CaseRelation[]> {
  const [cases, resources, interests] = await Promise.all([
    links.length === 0
      ? []
      : database.query('SELECT id, reference FROM cases WHERE id IN (SELECT value FROM json_each(?))', [
          JSON.stringify(links.map(({ other }) => other)),
        ]),
    database.query('SELECT id, reference, title FROM resources WHERE plan_case = ?', [id]),
    database.query(
      'SELECT id, service_type, state, COALESCE(offer_resource, resource) AS resource FROM interests WHERE source_case = ? ORDER BY registered_at, id',
      [id],
    ),
  ]);
  const references = new Map(cases.map((row) => [textOf(row, 'id'), textOf(row, 'reference')]));
  return [
    ...links.map(
      ({ other, relation }): CaseRelation => ({
        kind: 'case',
        // A link by hand may name something outside.
        id: references.has(other) ? other : null,
        label: references.get(other) ?? other,
        words: relationInWords(relation),
      }),
    ),
    ...resources.map(
      (row): CaseRelation => ({
        kind: 'resource',
        id: textOf(row, 'id'),
        label: textOf(row, 'title'),
        words: 'Its action plan is this case',
      }),
    ),
    ...interests.map(
      (row): CaseRelation => ({
        kind: 'interest',
        id: textOrNull(row, 'resource'),
        label: textOf(row, 'service_type'),
        words: `Interest raised by this case: ${textOf(row, 'state')}`,
      }),
    ),
  ];
}

function relationInWords(relation: string): string {
  if (relation.startsWith('raised:')) return 'Raised by this case';
  if (relation.startsWith('raisedBy:')) return 'Raised this case';
  return relation;
}
