import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { alteredHousing, loadHousing, type Mutable } from '../../../support/configuration.ts';

const from = '2026-11-21';
type Copy = Mutable<Configuration>;

/** Findings a change adds to those of the shipped configuration, as code and place. */
function addedBy(change: (copy: Copy) => void): string[] {
  const before = new Set(checkConfiguration(loadHousing().configuration, { from }).map(place));
  return checkConfiguration(alteredHousing(change), { from })
    .map(place)
    .filter((one) => !before.has(one));
}

function place({ code, document, pointer }: { code: string; document: string; pointer: string }): string {
  return `${code} ${document}${pointer}`;
}

function workflow(copy: Copy, key: string): Mutable<WorkflowDocument> {
  const found = copy.workflow[key];
  if (!found) throw new Error(`expected a workflow ${key}`);
  return found;
}

describe('the checks on the shipped configuration', () => {
  it('find no error and no warning', () => {
    const { configuration, findings } = loadHousing();
    expect(findings).toEqual([]);
    expect(checkConfiguration(configuration, { from }).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

const defects: [string, (copy: Copy) => void, string][] = [
  [
    'a task that does not exist',
    (copy) => node(copy, 'HP', 'HP02', { task: 'HP99' }),
    'REFERENCE_DANGLING workflow/HP/nodes/HP02/task',
  ],
  [
    'a ladder that does not exist',
    (copy) => task(copy, 'HP01', { ladder: 'L-NONE' }),
    'REFERENCE_DANGLING task/HP01/ladder',
  ],
  [
    'a link from a node that is not drawn',
    (copy) => link(copy, 'HP', 'new', 'HP77', 'HP02'),
    'NODE_UNKNOWN workflow/HP/links/new/from',
  ],
  ['a cycle', (copy) => link(copy, 'HP', 'new', 'HP03', 'HP02'), 'PLAN_CYCLE workflow/HP/links/new'],
  ['a link to itself', (copy) => link(copy, 'HP', 'new', 'HP08', 'HP08'), 'PLAN_CYCLE workflow/HP/links/new'],
  [
    'amber as long as its target',
    (copy) =>
      task(copy, 'HP02', {
        sla: { target: { value: 2, unit: 'workingDays' }, amber: { before: { value: 2, unit: 'workingDays' } } },
      }),
    'AMBER_OUTSIDE_TARGET task/HP02/sla/amber/before',
  ],
  [
    'a target of nothing',
    (copy) => task(copy, 'HP08', { sla: { target: { value: 0, unit: 'workingDays' } } }),
    'TARGET_ZERO task/HP08/sla/target/value',
  ],
  [
    'one task on two nodes',
    (copy) => node(copy, 'HP', 'HP08', { task: 'HP07' }),
    'TASK_TWICE workflow/HP/nodes/HP08/task',
  ],
  [
    'an option that does not exist',
    (copy) =>
      node(copy, 'HP', 'HP06', {
        activation: { when: { op: 'is', of: { question: 'contact_landlord' }, value: 'perhaps' } },
      }),
    'OPTION_UNKNOWN workflow/HP/nodes/HP06/activation/when',
  ],
  [
    'a question nobody knows',
    (copy) => node(copy, 'HP', 'HP06', { activation: { when: { op: 'answered', of: { question: 'nobody' } } } }),
    'QUESTION_UNKNOWN workflow/HP/nodes/HP06/activation/when/of/question',
  ],
  [
    'a number comparison on a choice',
    (copy) => node(copy, 'HP', 'HP06', { activation: { when: { op: 'atLeast', of: { question: 'stay' }, value: 3 } } }),
    'CONDITION_TYPE workflow/HP/nodes/HP06/activation/when',
  ],
  [
    'a lag that breaks the prevention duty',
    (copy) => lag(copy, 'HP', 'HP05-HP09', 14),
    'SLA_PATH_EXCEEDS_CLOCK workflow/HP/clocks/HP-DUTY',
  ],
  ['a path longer than the case SLA', (copy) => sla(copy, 'RG', 30), 'SLA_PATH_EXCEEDS_WORKFLOW workflow/RG/sla'],
  [
    'a task longer than the case SLA',
    (copy) => task(copy, 'SA02', { sla: { target: { value: 40, unit: 'workingDays' } } }),
    'SLA_TASK_EXCEEDS_WORKFLOW workflow/SA/nodes/SA02',
  ],
  [
    'a ladder without fallback',
    (copy) => void Object.assign(copy.ladder['L-STD'] ?? {}, { fallback: [] }),
    'LADDER_WITHOUT_FALLBACK ladder/L-STD/fallback',
  ],
  [
    'a role that does not exist',
    (copy) => void Object.assign(copy.ladder['L-STD'] ?? {}, { fallback: ['role:NOBODY'] }),
    'REFERENCE_DANGLING ladder/L-STD/fallback/0',
  ],
  [
    'owner rules without a default',
    (copy) => task(copy, 'HP07', { ownerRules: {} }),
    'ALLOCATION_FALLS_THROUGH task/HP07/ownerRules',
  ],
  [
    'an unknown zone',
    (copy) => void Object.assign(copy.calendar['notify'] ?? {}, { zone: 'Europe/Nowhere' }),
    'CALENDAR_ZONE_UNKNOWN calendar/notify/zone',
  ],
  [
    'a recurrence without an end',
    (copy) =>
      task(copy, 'SP02', {
        recurrence: { every: { value: 7, unit: 'calendarDays' }, anchor: 'schedule', until: 'none' },
      }),
    'RECURRENCE_WITHOUT_END task/SP02/recurrence',
  ],
];

describe('a defect', () => {
  it.each(defects)('%s draws its finding and no other', (_, change, finding) => {
    expect(addedBy(change)).toEqual([finding]);
  });

  it('in a cycle names the path and offers the link to remove', () => {
    const findings = checkConfiguration(
      alteredHousing((copy) => link(copy, 'HP', 'new', 'HP05', 'HP03')),
      { from },
    );
    const cycle = findings.find(({ code }) => code === 'PLAN_CYCLE');
    expect(cycle?.values['cycle']).toEqual(['HP03', 'HP04', 'HP05']);
    expect(cycle?.message).toContain('HP03 -> HP04 -> HP05 -> HP03');
    expect(cycle?.fix).toEqual({ type: 'unlink', workflow: 'HP', links: ['new'] });
  });
});

function node(copy: Copy, key: string, at: string, fields: object): void {
  Object.assign(workflow(copy, key).nodes[at] ?? {}, fields);
}

function task(copy: Copy, key: string, fields: object): void {
  Object.assign(copy.task[key] ?? {}, fields);
}

function link(copy: Copy, key: string, at: string, from: string, to: string): void {
  workflow(copy, key).links[at] = { order: 99, from, to, type: 'FS' };
}

function lag(copy: Copy, key: string, at: string, value: number): void {
  const found = workflow(copy, key).links[at]?.lag;
  if (found) found.value = value;
}

function sla(copy: Copy, key: string, value: number): void {
  workflow(copy, key).sla = { target: { value, unit: 'calendarDays' } };
}
