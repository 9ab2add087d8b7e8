import { describe, expect, it } from 'vitest';
import {
  checkConfiguration,
  compileCalendars,
  compileWorkflow,
  playCase,
  readScript,
  sampleDirectory,
  shippedBankHolidays,
} from '../../../../runtime/engine/index.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import type { Finding } from '../../../../schemas/finding.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { loadHousing, type Mutable } from '../../../support/configuration.ts';

const housing = loadHousing().configuration;

/** Findings of living one workflow's cases. */
function livedFindings(key: string, change: (copy: Mutable<Configuration>) => void) {
  const copy = structuredClone({ ...housing, workflow: { [key]: housing.workflow[key] } }) as Mutable<Configuration>;
  change(copy);
  return checkConfiguration(copy as Configuration, { from: '2026-11-21', explore: true }).filter(({ code }) =>
    ['CASE_STUCK', 'TASK_NEVER_STARTS', 'EXPLORATION_NOT_DECIDED'].includes(code),
  );
}

/** Plays what a finding shows, as `lintel simulate` plays a script. */
function playShown(configuration: Configuration, key: string, shown: Finding['counterexample']) {
  const bundle = compileWorkflow({ configuration }, key);
  const commands = readScript(shown?.['commands'] as unknown[]);
  const script = { answers: shown?.['answers'] as Answers, commands, directory: sampleDirectory(configuration) };
  return playCase(bundle, compileCalendars(configuration, shippedBankHolidays), script);
}

describe('commands that a finding shows', () => {
  it('can be played as they are, and come to what it says', () => {
    const altered = (change: (workflow: Mutable<WorkflowDocument>, copy: Mutable<Configuration>) => void) => {
      const copy = structuredClone({ ...housing, workflow: { RV: housing.workflow['RV'] } }) as Mutable<Configuration>;
      const workflow = copy.workflow['RV'];
      if (workflow) change(workflow, copy);
      return copy as Configuration;
    };
    const shown = (configuration: Configuration, code: string) =>
      checkConfiguration(configuration, { from: '2026-11-21', explore: true }).find((one) => one.code === code);

    const manual = altered(({ nodes }) => void Object.assign(nodes['RV01'] ?? {}, { activation: 'manual' }));
    const behind = playShown(manual, 'RV', shown(manual, 'MANDATORY_BEHIND_MANUAL')?.counterexample);
    expect([behind.refused, behind.state?.tasks['RV02']?.life]).toEqual([[], 'ready']);

    const panel = { order: 1, label: 'Panel', type: 'choice', mandatory: true, options: {} };
    const noOption = altered((_, copy) => void Object.assign(copy.task['RV03'] ?? {}, { fields: { panel } }));
    const stuck = playShown(noOption, 'RV', shown(noOption, 'CASE_STUCK')?.counterexample);
    expect([stuck.refused, stuck.state?.status]).toEqual([[], 'open']);
    expect(stuck.state?.tasks['RV03']?.life).toBe('ready');
  });
});

describe('living the cases of a workflow by decide', () => {
  it('finds that every task of the shipped ones can start and none gets stuck', () => {
    for (const key of ['RV', 'HP', 'TR']) expect(livedFindings(key, () => undefined)).toEqual([]);
  });

  it('shows by commands that a task behind a branch nobody can take never starts', () => {
    const found = livedFindings('RV', (copy) => {
      const workflow = copy.workflow['RV'];
      if (!workflow) return;
      workflow.nodes['D1'] = {
        type: 'decision',
        order: 90,
        branches: { yes: { order: 1, label: 'Yes', when: { op: 'answered', of: { caseField: 'nothing' } } } },
        otherwise: { label: 'No' },
      };
      workflow.nodes['END'] = { type: 'milestone', order: 91, stage: 'Done' };
      copy.task['NEW'] = { ...structuredClone(copy.task['RV07']), key: 'NEW' } as never;
      workflow.nodes['NEW'] = { type: 'task', order: 92, task: 'NEW', activation: 'automatic', mandatory: false };
      workflow.links['a'] = { order: 90, from: 'RV01', to: 'D1', type: 'FS' };
      workflow.links['b'] = { order: 91, from: 'D1', to: 'NEW', type: 'FS', branch: 'yes' };
      workflow.links['c'] = { order: 92, from: 'D1', to: 'END', type: 'FS', branch: 'otherwise' };
    });
    expect(found.map(({ code, pointer }) => code + pointer)).toEqual(['TASK_NEVER_STARTS/nodes/NEW']);
    expect(found[0]?.counterexample?.['commands']).toContainEqual(
      expect.objectContaining({ command: expect.objectContaining({ type: 'launch' }) }),
    );
  });

  it.each(['SS', 'FF', 'SF'] as const)('waits as %s links with lags ask, and gets stuck on none of them', (type) => {
    const lag = { value: 2, unit: 'workingDays', basis: 'working' } as const;
    const found = livedFindings('RV', (copy) => {
      for (const link of Object.values(copy.workflow['RV']?.links ?? {})) Object.assign(link, { type, lag });
    });
    expect(found).toEqual([]);
  });

  it('shows by commands where a case can never end: a field that must hold one of no options', () => {
    const field = { order: 1, label: 'Panel', type: 'choice', mandatory: true };
    const asks = (options: object) =>
      livedFindings(
        'RV',
        (copy) => void Object.assign(copy.task['RV03'] ?? {}, { fields: { panel: { ...field, options } } }),
      );
    expect(asks({ east: { order: 1, label: 'East' } })).toEqual([]);
    const [found, ...others] = asks({});
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'CASE_STUCK', severity: 'error', pointer: '/nodes/RV03' });
    expect(found?.values['waiting']).toEqual(['RV03', 'RV04', 'RV06', 'RV07']);
    const commands = found?.counterexample?.['commands'] as { command: { type: string; task?: string } }[];
    expect(commands.map(({ command }) => command.task ?? command.type)).toEqual(['launch', 'RV01', 'RV02']);
  });

  it('fills in fields of every kind, and names an agency that there is', () => {
    const types = ['text', 'number', 'money', 'date', 'time', 'file', 'person', 'agency', 'yesNo'];
    const fields = Object.fromEntries(
      types.map((type, order) => [type, { order, label: type, type, mandatory: true }]),
    );
    expect(livedFindings('RV', (copy) => void Object.assign(copy.task['RV03'] ?? {}, { fields }))).toEqual([]);
  });

  it('awaits a date for five years, and calls no case stuck that waits for a later one', () => {
    const from = (notBefore: string) =>
      livedFindings('RV', (copy) => void Object.assign(copy.workflow['RV']?.nodes['RV03'] ?? {}, { notBefore }));
    expect(from('2031-11-20')).toEqual([]);
    expect(from('2035-01-01').map(({ code }) => code)).toEqual(['EXPLORATION_NOT_DECIDED']);
  });

  it('says "not decided" for a workflow beyond its size', () => {
    const found = livedFindings('RV', (copy) => {
      for (let i = 0; i < 40; i++) {
        const workflow = copy.workflow['RV'];
        if (!workflow) continue;
        workflow.nodes[`M${i}`] = { type: 'milestone', order: 100 + i, stage: `Stage ${i}` };
        workflow.links[`m${i}`] = { order: 100 + i, from: 'RV01', to: `M${i}`, type: 'FS' };
      }
    });
    expect(found.map(({ code }) => code)).toEqual(['EXPLORATION_NOT_DECIDED']);
  });
});
