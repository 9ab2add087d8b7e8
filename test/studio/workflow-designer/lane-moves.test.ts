import { describe, expect, it } from 'vitest';
import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { applyEdit } from '../../../studio/document/engine.ts';
import { lanesOf } from '../../../studio/workflow-designer/drawing.ts';
import { laneChoices, laneUnder, laneValue, moveToLane } from '../../../studio/workflow-designer/lane-moves.ts';
import { housing } from '../../support/housing.ts';

const hp = housing.workflow['HP'];
if (!hp) throw new Error('HP is in the shipped configuration');

function moved(configuration: Configuration, nodes: string[], lane: string, label: string): Configuration {
  const workflow = configuration.workflow['HP'];
  const value = workflow && laneValue(workflow, configuration, lane);
  if (!workflow || !value) throw new Error(`there is no lane ${lane}`);
  const { command } = moveToLane(workflow, configuration, nodes, { value, label });
  const result = command && applyEdit({ configuration, layouts: {} }, command);
  if (!result?.ok) throw new Error('the move was refused');
  expect(result.edit.label).toBe(`Move ${nodes.length === 1 ? nodes[0] : `${nodes.length} tasks`} to ${label}`);
  return result.content.configuration;
}

function withRules(ownerRules: OwnerRules) {
  const node = hp?.nodes['HP07'];
  if (node?.type !== 'task') throw new Error('HP07 is a task');
  return { ...node, ownerRules };
}

const laneNow = (configuration: Configuration, node: string) => {
  const workflow = configuration.workflow['HP'];
  return workflow && lanesOf(workflow, configuration)[node]?.title;
};

describe('moving work to a lane', () => {
  it('changes who owns it, of one task or of several, and nothing else', () => {
    const after = moved(housing, ['HP06', 'HP08'], 'owner Money adviser', 'Money adviser');
    expect(['HP06', 'HP08', 'HP09'].map((node) => laneNow(after, node))).toEqual([
      'Money adviser',
      'Money adviser',
      'Case owner',
    ]);
    expect(after.task).toEqual(housing.task);
    expect(after.workflow['HP']?.links).toEqual(hp.links);
  });

  it('puts it into a lane of the drawing, and takes it out again with an owner', () => {
    const laned = {
      ...housing,
      workflow: { ...housing.workflow, HP: { ...hp, lanes: { court: { order: 1, title: 'Court' } } } },
    };
    const after = moved(laned, ['HP06'], 'lane court', 'Court');
    expect(laneNow(after, 'HP06')).toBe('Court');
    expect(laneNow(moved(after, ['HP06'], 'owner Duty desk', 'Duty desk'), 'HP06')).toBe('Duty desk');
  });

  it('takes over rules with conditions from a task that lies there', () => {
    const rules = {
      women: {
        order: 1,
        when: { op: 'is', of: { question: 'safe' }, value: 'no' },
        to: { by: 'group', group: 'DUTY' },
      },
      others: { order: 2, to: { by: 'caseOwner' } },
    } as const;
    const ruled = {
      ...housing,
      workflow: {
        ...housing.workflow,
        HP: { ...hp, nodes: { ...hp.nodes, HP07: { ...hp.nodes['HP07'], ownerRules: rules } } },
      },
    } as unknown as Configuration;
    const after = moved(ruled, ['HP06'], `owner ${laneNow(ruled, 'HP07')}`, 'Ruled');
    expect(after.workflow['HP']?.nodes['HP06']).toMatchObject({ ownerRules: rules });
  });

  it('keeps the rules with conditions of what is moved: only who gets the rest changes', () => {
    const women = {
      order: 1,
      when: { op: 'is', of: { question: 'safe' }, value: 'no' },
      to: { by: 'group', group: 'DUTY' },
    } as const;
    const rules = { women, others: { order: 2, to: { by: 'caseOwner' } } } as const;
    const ruled: Configuration = {
      ...housing,
      workflow: { ...housing.workflow, HP: { ...hp, nodes: { ...hp.nodes, HP07: withRules(rules) } } },
    };
    const workflow = ruled.workflow['HP'];
    const value = workflow && laneValue(workflow, ruled, 'owner Duty desk');
    if (!workflow || !value) throw new Error('the duty desk can own work');
    expect(moveToLane(workflow, ruled, ['HP06', 'HP07'], { value, label: 'Duty desk' }).kept).toEqual(['HP07']);
    const after = moved(ruled, ['HP07'], 'owner Duty desk', 'Duty desk');
    expect(after.workflow['HP']?.nodes['HP07']).toMatchObject({
      ownerRules: { women, others: { order: 2, to: { by: 'group', group: 'DUTY' } } },
    });
    const taken = moved(ruled, ['HP06'], `owner ${laneNow(ruled, 'HP07')}`, 'Ruled');
    expect(moved(taken, ['HP06'], 'owner Duty desk', 'Duty desk').workflow['HP']?.nodes['HP06']).toMatchObject({
      ownerRules: { women, others: { to: { by: 'group', group: 'DUTY' } } },
    });
  });

  it('refuses what nobody owns, and the lane of that', () => {
    const decided = {
      ...hp,
      nodes: { ...hp.nodes, D1: { type: 'decision', order: 99, branches: {} } as const },
    };
    expect(laneValue(decided, housing, 'nobody')).toBeUndefined();
    const choice = { value: 'owner {"by":"caseOwner"}', label: 'Case owner' };
    expect(moveToLane(decided, housing, ['D1'], choice)).toEqual({ command: undefined, refused: ['D1'], kept: [] });
  });

  it('offers the lanes of the drawing before everybody who can own a task', () => {
    const laned = { ...hp, lanes: { court: { order: 1, title: 'Court' } } };
    expect(laneChoices(laned, housing).slice(0, 2)).toEqual([
      { value: 'lane court', label: 'Lane Court' },
      { value: 'owner {"by":"caseOwner"}', label: 'Case owner' },
    ]);
  });

  it('finds the lane under a card, to the very edge', () => {
    const lanes = [0, 200].map((x) => ({ key: `lane ${x}`, title: '', x, width: 200, height: 1 }));
    expect([-1, 0, 199, 200, 400].map((x) => laneUnder(lanes, x)?.x)).toEqual([undefined, 0, 0, 200, undefined]);
  });
});
