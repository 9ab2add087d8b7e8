import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { planRows } from '../../studio/document/engine.ts';
import { RepairDialog, RowsDialog, UnreadableDialog } from '../../studio/workflow-designer/paste-dialog.tsx';
import { QuickAdd } from '../../studio/workflow-designer/quick-add.tsx';
import { housing } from '../../test/support/housing.ts';

const nothing = () => {};
const meta = { title: 'workflow-designer/Paste and add' } satisfies Meta;
export default meta;
type Story = StoryObj;

export const Repairs: Story = {
  render: () => (
    <RepairDialog
      verb="Paste"
      count={3}
      from="Homelessness relief"
      onChoose={nothing}
      onPaste={nothing}
      onClose={nothing}
      repairs={[
        {
          name: 'team/DUTY',
          kind: 'team',
          key: 'DUTY',
          title: 'Duty team',
          problem: 'missing',
          usedBy: ['HR01', 'HR02'],
          canTake: true,
          others: [{ key: 'FRONT', title: 'Front desk' }],
          choice: { do: 'take' },
        },
        {
          name: 'ladder/STANDARD',
          kind: 'ladder',
          key: 'STANDARD',
          title: 'Standard ladder',
          problem: 'different',
          usedBy: ['HR02'],
          canTake: true,
          others: [{ key: 'STANDARD', title: 'Our ladder' }],
          choice: { do: 'map', to: 'STANDARD' },
        },
        {
          name: 'node/HR09',
          kind: 'node',
          key: 'HR09',
          title: 'HR09',
          problem: 'missing',
          usedBy: ['HR02'],
          canTake: false,
          others: [],
          choice: { do: 'leave' },
        },
      ]}
    />
  ),
};

const rows = [
  ['ID', 'Task', 'Duration', 'Predecessors', 'Owner', 'Colour'],
  ['1', 'Call the landlord', '2d', '', 'Case owner', 'red'],
  ['2', 'Visit the home', 'soon', '1FS+1wd', 'Surveyors', 'blue'],
  ['3', 'Write the report', '1w', '2, 9', '', 'red'],
];
export const Cells: Story = {
  render: () => (
    <RowsDialog
      rows={rows}
      plan={planRows({ configuration: housing, layouts: {} }, 'HP', rows, undefined)}
      onPaste={nothing}
      onClose={nothing}
    />
  ),
};
export const Unreadable: Story = {
  render: () => (
    <UnreadableDialog
      reason="The clipboard holds neither tasks copied in Lintel, nor a list with one task a line, nor cells of a spreadsheet."
      onClose={nothing}
    />
  ),
};
export const AddBetween: Story = {
  render: () => (
    <QuickAdd
      title="New between HP05 and HP09"
      place={{ x: 80, y: 60 }}
      lag={{ value: 12, unit: 'calendarDays', basis: 'elapsed' }}
      branches={undefined}
      onAdd={nothing}
      onClose={nothing}
    />
  ),
};
