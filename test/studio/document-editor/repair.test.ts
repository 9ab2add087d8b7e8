import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import { applyEdit, whereUsed } from '../../../studio/document/engine.ts';
import { planRepair, toRepairCommand } from '../../../studio/document-editor/repair.ts';
import { alteredHousing } from '../../support/configuration.ts';

const is = (question: string, value: string) => ({ op: 'is' as const, of: { question }, value });

/** Housing with rules that look at `arrears` in every way. */
const configuration = alteredHousing((draft) => {
  const rules = draft.workflow['HP']?.adviceRules;
  if (!rules) throw new Error('expected the workflow HP');
  for (const rule of Object.values(rules)) delete rule.when;
  rules['HP3'] = {
    order: 1,
    statements: ['HP3'],
    when: { op: 'all', conditions: [is('stay', 'x'), is('arrears', 'yes')] },
  };
  rules['HP4'] = { order: 2, statements: ['HP4'], when: is('arrears', 'no') };
  rules['HP5'] = {
    order: 3,
    statements: ['HP5'],
    when: { op: 'any', conditions: [{ op: 'not', condition: is('arrears', 'yes') }, is('a', 'b'), is('c', 'd')] },
  };
  const form = draft.form['HP'];
  if (form?.questions['income_change']) form.questions['income_change'].shownWhen = is('arrears', 'yes');
});

function usesOf(kind: 'question' | 'advice' | 'agency' | 'task', key: string, document: string) {
  return whereUsed(configuration, kind, key).filter((use) => use.document === document);
}

describe('a question taken out of the rules that look at it', () => {
  const uses = [...usesOf('question', 'arrears', 'workflow/HP'), ...usesOf('question', 'arrears', 'form/HP')];
  const plan = planRepair(configuration, uses, { kind: 'question', key: 'arrears' });
  const rules = plan.documents.find((document) => document.kind === 'workflow')?.adviceRules;
  const form = plan.documents.find((document) => document.kind === 'form');

  it('leaves the other clauses of a group', () => {
    expect(rules?.['HP3']?.when).toEqual(is('stay', 'x'));
    expect(rules?.['HP5']?.when).toEqual({ op: 'any', conditions: [is('a', 'b'), is('c', 'd')] });
  });

  it('never lets a rule fire that looked at nothing else', () => {
    expect(rules?.['HP4']?.when).toEqual({ op: 'any', conditions: [] });
  });

  it('asks a question always that was shown by it alone', () => {
    expect(form?.questions['income_change']).toBeDefined();
    expect(form?.questions['income_change']).not.toHaveProperty('shownWhen');
  });

  it('accounts for every place', () => {
    expect(plan.done).toHaveLength(uses.length - plan.left.length);
  });
});

describe('a question replaced by another', () => {
  it('is replaced wherever rules look at it, comparison and value kept', () => {
    const plan = planRepair(configuration, usesOf('question', 'arrears', 'workflow/HP'), {
      kind: 'question',
      key: 'arrears',
      by: 'children',
    });
    const rules = plan.documents.find((document) => document.kind === 'workflow')?.adviceRules;
    expect(rules?.['HP4']?.when).toEqual(is('children', 'no'));
    expect(plan.left).toEqual([]);
  });
});

describe('a statement that is deleted', () => {
  const uses = whereUsed(configuration, 'advice', 'HP4');
  const plan = planRepair(configuration, uses, { kind: 'advice', key: 'HP4' });

  it('takes the rule with it that advised nothing else', () => {
    const rules = plan.documents.find((document) => document.kind === 'workflow')?.adviceRules ?? {};
    expect(Object.keys(rules)).not.toContain('HP4');
    expect(Object.keys(rules)).toContain('HP3');
  });

  it('goes together with the repair in one step, and comes back with one undo', () => {
    const content = { configuration, layouts: {} };
    const result = applyEdit(
      content,
      toRepairCommand(plan, 'Delete HP4', { type: 'removeDocument', kind: 'advice', key: 'HP4' }),
    );
    if (!result.ok) throw new Error(result.refusal.message);
    const after: Configuration = result.content.configuration;
    expect(after.advice['HP4']).toBeUndefined();
    expect(
      whereUsed(after, 'advice', 'HP4').filter((use) => !plan.left.some((left) => left.pointer === use.pointer)),
    ).toEqual([]);
    expect(result.edit.label).toBe('Delete HP4');
  });
});

describe('what cannot do without it', () => {
  it('is left and named: a drawing keeps its task until another is chosen', () => {
    const plan = planRepair(configuration, usesOf('task', 'HP05', 'workflow/HP'), { kind: 'task', key: 'HP05' });
    expect(plan.left.map((use) => use.pointer)).toContain('/nodes/HP05/task');
  });
});
