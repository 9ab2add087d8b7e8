import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { PublishView } from '../../studio/publish/publish-dialog.tsx';

const nothing = () => {};
const meta = {
  title: 'publish/Publish dialog',
  component: PublishView,
  args: { findings: [], onPublish: nothing, onClose: nothing, onGo: nothing },
} satisfies Meta<typeof PublishView>;
export default meta;
type Story = StoryObj<typeof meta>;

const finding = (severity: 'error' | 'warning') => ({
  code: 'REFERENCE_MISSING',
  severity,
  document: 'workflow/HP',
  pointer: '/nodes/HP14/task',
  values: {},
  message: 'HP14 names the task HP99, which does not exist: add it or choose another.',
});

export const Clean: Story = {};
export const WithWarning: Story = { args: { findings: [finding('warning')] } };
export const WithError: Story = { args: { findings: [finding('error'), finding('warning')] } };
export const Refused: Story = { args: { failure: 'Somebody else has published release 4 in the meantime.' } };
export const Published: Story = { args: { published: 5 } };
