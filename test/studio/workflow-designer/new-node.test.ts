import { describe, expect, it } from 'vitest';
import { newNode } from '../../../studio/workflow-designer/new-node.ts';
import { housing } from '../../support/housing.ts';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('the shipped configuration has a workflow HP');

describe('a new message on a drawing', () => {
  it('begins with a template written to customers, never with a warning meant for staff', () => {
    const { value } = newNode('communication', workflow, housing);
    const template = value.type === 'communication' ? housing.template[value.template] : undefined;
    expect(value).toMatchObject({ to: ['customer'], channel: 'email' });
    expect(template?.purpose).toBe('customer');
    expect(template?.channels.email).toBeDefined();
  });

  it('names one that is to be chosen where there is no template at all', () => {
    expect(newNode('communication', workflow, { ...housing, template: {} }).value).toMatchObject({
      template: 'template',
    });
  });
});
