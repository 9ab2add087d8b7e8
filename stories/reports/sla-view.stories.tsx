import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { SlaView } from '../../studio/reports/sla-view.tsx';

const counts = { met: 42, exceeded: 6, amber: 3, onTrack: 20, completedWhilePaused: 1 };
const prevention = { key: 'HP', ...counts, paused: { 'awaiting-applicant': 86_400 * 5, 'case-hold': 7200 } };
const repairs = { key: 'HR', met: 12, exceeded: 0, amber: 0, onTrack: 2, completedWhilePaused: 0, paused: {} };

const meta = {
  title: 'reports/SLA compliance',
  component: SlaView,
  args: {
    report: {
      zone: 'Europe/London',
      now: 1_800_000_000,
      total: prevention,
      groups: [prevention, repairs],
      months: [
        { ...repairs, key: '2026-10' },
        { ...prevention, key: '2026-11' },
      ],
    },
    nameOf: ({ key }) => (key === 'HP' ? 'Homelessness prevention' : 'Housing repairs'),
    onOpen: () => {},
  },
} satisfies Meta<typeof SlaView>;
export default meta;
type Story = StoryObj<typeof meta>;

export const TwoWorkflows: Story = {};
export const NothingInThePeriod: Story = {
  args: { report: { zone: 'Europe/London', now: 0, total: repairs, groups: [], months: [] } },
};
