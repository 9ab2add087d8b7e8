import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { workflowsWatched } from '../../../studio/ladder-designer/workflows-watched.ts';
import { namesOf } from '../../../studio/rule-builder/names.ts';
import { type About, subjectGroups, subjectsOf, vocabularyOf } from '../../../studio/rule-builder/subjects.ts';
import { housing } from '../../support/housing.ts';

const subjects = (about: About, configuration = housing) =>
  subjectsOf(configuration, about, vocabularyOf(configuration, about, '2027-01-04'));
const ids = (about: About) => new Set(subjects(about).map(({ id }) => id));

/** Homelessness prevention, with an outcome and fields of several types on its first task. */
function withFields(): Configuration {
  const task = housing.task['HP01'];
  if (!task) throw new Error('HP01 is in the shipped configuration');
  const field = (order: number, type: 'yesNo' | 'money' | 'agency' | 'multiChoice') => ({
    order,
    type,
    label: `A ${type}`,
    mandatory: false,
    options: { one: { order: 1, label: 'The one' } },
  });
  const fields = {
    safe: field(1, 'yesNo'),
    rent: field(2, 'money'),
    partner: field(3, 'agency'),
    seen: field(4, 'multiChoice'),
  };
  const outcomes = { done: { order: 1, label: 'Reached', kind: 'success' as const } };
  return { ...housing, task: { ...housing.task, HP01: { ...task, fields, outcomes } } };
}

describe('what a condition may look at', () => {
  it('in a workflow: questions, names, outcomes, what is written down on tasks, and the case', () => {
    const configuration = withFields();
    const found = subjects({ workflow: 'HP' }, configuration);
    expect([...new Set(found.map(({ group }) => group))]).toEqual(
      subjectGroups.filter((group) => group !== 'Named conditions'),
    );
    const typed = found.filter(({ id }) => id.startsWith('f:HP01.')).map(({ id, type }) => [id, type]);
    expect(typed).toEqual([
      ['f:HP01.safe', 'yes-no'],
      ['f:HP01.rent', 'money'],
      ['f:HP01.partner', 'choice'],
      ['f:HP01.seen', 'multi-choice'],
    ]);
    expect(found.find(({ id }) => id === 'f:HP01.partner')?.options.map(({ value }) => value)).toEqual(
      Object.keys(housing.agency),
    );
    const cases = found.filter(({ group }) => group === 'The case').map(({ id }) => id);
    expect(cases).toEqual(['c:workflow', 'c:category', 'c:stage', 'c:status', 'c:owner', 'c:group', 'c:outcome']);
    const names = namesOf(vocabularyOf(configuration, { workflow: 'HP' }, '2027-01-04'), found);
    const rent = { taskField: { node: 'HP01', field: 'rent' } };
    expect(names.isMoney(rent)).toBe(true);
    expect(names.operand(rent)).toBe(
      `A money (${configuration.workflow['HP']?.nodes['HP01']?.title ?? configuration.task['HP01']?.title})`,
    );
    expect(names.option({ caseField: 'workflow' }, 'HP')).toBe(housing.workflow['HP']?.title);
  });

  it('in a rung: everything that the workflows its ladder watches know, each once', () => {
    const watched = workflowsWatched('L-STD', housing);
    expect(watched.length).toBeGreaterThan(1);
    const found = subjects({ workflows: watched });
    const known = new Set(found.map(({ id }) => id));
    expect(known.size).toBe(found.length);
    for (const workflow of watched) for (const id of ids({ workflow })) expect(known).toContain(id);
  });

  it('in a rung of a ladder that nothing uses yet: what any workflow knows', () => {
    expect(workflowsWatched('none', housing)).toEqual(Object.keys(housing.workflow));
  });

  it('in a rung of a ladder of one workflow: what that one knows, and no more', () => {
    const own: WorkflowDocument = { ...(housing.workflow['HP'] as WorkflowDocument), ladder: 'L-OWN' };
    const configuration = { ...housing, workflow: { ...housing.workflow, HP: own } };
    expect(workflowsWatched('L-OWN', configuration)).toEqual(['HP']);
    expect(ids({ workflows: ['HP'] })).toEqual(ids({ workflow: 'HP' }));
  });
});
