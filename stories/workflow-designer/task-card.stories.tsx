import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import type { Card } from '../../studio/workflow-designer/drawing.ts';
import { TaskCard } from '../../studio/workflow-designer/task-card.tsx';

const card: Card = {
  key: 'HP04',
  type: 'task',
  taskType: 'interview',
  title: 'Assessment of case, housing and support needs (s189A)',
  owner: 'Case owner',
  sla: { short: '5 wd', long: '5 working days' },
  plan: { start: '2027-01-12', finish: '2027-01-19', float: 3, critical: false, nearCritical: false },
  activation: 'automatic',
  mandatory: true,
  findingCount: 0,
};

const meta = {
  title: 'workflow-designer/Task card',
  component: TaskCard,
  args: { card },
  decorators: [
    (Story) => (
      <div style={{ padding: 24, background: 'var(--ground)' }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TaskCard>;
export default meta;
type Story = StoryObj<typeof meta>;

export const WithFloat: Story = {};
export const Critical: Story = {
  args: {
    card: {
      ...card,
      plan: { start: '2027-01-12', finish: '2027-01-19', float: 0, critical: true, nearCritical: false },
    },
  },
};
export const Chosen: Story = { args: { selected: true } };
export const ByHand: Story = {
  args: { card: { ...card, activation: 'manual', owner: 'Private rented sector officer' } },
};
export const Conditional: Story = {
  args: { card: { ...card, activation: 'when', activationWords: '“May we contact your landlord?” is Yes' } },
};
export const Recurs: Story = {
  args: { card: { ...card, recurs: { short: '2 wk', long: 'every 2 weeks' } } },
};
export const DatesInTime: Story = { args: { card: { ...card, dates: { text: '12 Jan \u2013 19 Jan' } } } };
export const DatesTooLate: Story = {
  args: { card: { ...card, dates: { text: '12 Jan \u2013 19 Mar', late: 'Prevention duty' } } },
};
export const WithFinding: Story = { args: { card: { ...card, worst: 'error', findingCount: 2 } } };
export const Renaming: Story = { args: { renaming: true, onRename: () => {} } };
export const Milestone: Story = {
  args: {
    card: {
      key: 'M1',
      type: 'milestone',
      title: 'Duty accepted',
      owner: '',
      activation: 'automatic',
      mandatory: false,
      findingCount: 0,
    },
  },
};
export const LiveComplete: Story = { args: { card: { ...card, live: { state: 'complete', owner: 'Amira Khan' } } } };
export const LiveAmber: Story = {
  args: {
    card: { ...card, live: { state: 'inProgress', slaState: 'amber', owner: 'Amira Khan', due: '15 Jan, 17:00' } },
  },
};
export const LiveExceeded: Story = {
  args: { card: { ...card, live: { state: 'ready', slaState: 'exceeded', owner: 'Amira Khan', due: '12 Jan' } } },
};
export const LiveWaiting: Story = { args: { card: { ...card, live: { state: 'pending' } } } };
