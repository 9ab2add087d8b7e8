import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { planOf } from '../../studio/document/engine.ts';
import { Canvas } from '../../studio/workflow-designer/canvas.tsx';
import { housing } from '../../test/support/housing.ts';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');
const planned = planOf(housing, 'HP', '2027-01-04');
const plan = planned.ok ? planned.plan : undefined;

const meta = {
  title: 'workflow-designer/Canvas',
  component: Canvas,
  args: {
    drawing: { workflow, configuration: housing, plan },
    positions: {},
    label: 'Drawing of Homelessness prevention',
  },
  decorators: [
    (Story) => (
      <div style={{ height: 700 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof Canvas>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Planned: Story = {};
export const TaskChosen: Story = { args: { selected: { node: 'HP04' } } };
export const LinkChosen: Story = { args: { selected: { link: 'HP05-HP09' } } };
export const WithFinding: Story = {
  args: {
    drawing: {
      workflow,
      configuration: housing,
      plan,
      findings: [
        {
          code: 'SLA_PATH',
          severity: 'warning',
          document: 'workflow/HP',
          pointer: '/nodes/HP09',
          values: {},
          message: 'HP09 ends after the duty on 2 start days.',
        },
      ],
    },
  },
};
export const Live: Story = {
  args: {
    drawing: {
      workflow,
      configuration: housing,
      live: {
        HP01: { state: 'complete' },
        HP02: { state: 'complete' },
        HP03: { state: 'inProgress', slaState: 'amber', owner: 'Amira Khan', due: '15 Jan' },
        HP04: { state: 'pending' },
        HP06: { state: 'notApplicable' },
        HP12: { state: 'ready', slaState: 'exceeded' },
      },
    },
  },
};
