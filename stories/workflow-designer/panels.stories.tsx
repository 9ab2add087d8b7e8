import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { applyEdit, planOf } from '../../studio/document/engine.ts';
import { FindingsPanel } from '../../studio/ui/findings-panel.tsx';
import { ConnectDialog } from '../../studio/workflow-designer/connect-dialog.tsx';
import { Inspector } from '../../studio/workflow-designer/inspector.tsx';
import { ShortcutSheet } from '../../studio/workflow-designer/shortcut-sheet.tsx';
import { WorkflowSummary } from '../../studio/workflow-designer/workflow-summary.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithDraft } from '../../test/support/with-draft.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');
const planned = planOf(housing, 'HP', '2027-01-04');
const plan = planned.ok ? planned.plan : undefined;
const nothing = () => {};

const meta = {
  title: 'workflow-designer/Panels',
  decorators: [
    (Story) => (
      <WithRouter>
        <WithDraft configuration={housing}>
          <div style={{ width: 324, background: 'var(--surface)' }}>
            <Story />
          </div>
        </WithDraft>
      </WithRouter>
    ),
  ],
} satisfies Meta;
export default meta;
type Story = StoryObj;

const inspector = (node: string) => (
  <Inspector
    workflow={workflow}
    configuration={housing}
    node={node}
    plan={plan}
    onRun={(command) => applyEdit({ configuration: housing, layouts: {} }, command)}
    onConnect={nothing}
    onDelete={nothing}
    onGo={() => false}
  />
);
export const InspectorOfTask: Story = { render: () => inspector('HP05') };
export const InspectorOfConditionalTask: Story = { render: () => inspector('HP06') };
export const Summary: Story = {
  render: () => (
    <WorkflowSummary
      workflow={workflow}
      configuration={housing}
      planned={planned}
      start="2027-01-04"
      onRun={(command) => applyEdit({ configuration: housing, layouts: {} }, command)}
    />
  ),
};
export const NoFindings: Story = { render: () => <FindingsPanel findings={[]} onGo={nothing} /> };
export const Findings: Story = {
  render: () => (
    <FindingsPanel
      onGo={nothing}
      findings={[
        {
          code: 'PLAN_CYCLE',
          severity: 'error',
          document: 'workflow/HP',
          pointer: '/links/HP10-HP04',
          values: {},
          message: 'HP04, HP05, HP09, HP10 wait for each other: remove one of their links.',
        },
        {
          code: 'CLOCK_TOO_SHORT',
          severity: 'warning',
          document: 'workflow/HP',
          pointer: '/clocks/HP-DUTY',
          values: {},
          message:
            'HP13 ends after HP-DUTY on 2 start days, worst on 9 March 2027 by 2 days: shorten a lag or a target.',
        },
        {
          code: 'LIVED_SIMPLY',
          severity: 'info',
          document: 'task/HP09',
          pointer: '/recurrence',
          values: {},
          message: 'HP09 recurs; it is lived once for now.',
        },
      ]}
    />
  ),
};
export const ChooseTarget: Story = {
  render: () => (
    <ConnectDialog
      session={{ from: 'HP10' }}
      workflow={workflow}
      configuration={housing}
      onChoose={nothing}
      onLink={nothing}
      onClose={nothing}
    />
  ),
};
export const ChooseLag: Story = {
  render: () => (
    <ConnectDialog
      session={{ from: 'HP10', to: 'HP12' }}
      workflow={workflow}
      configuration={housing}
      onChoose={nothing}
      onLink={nothing}
      onClose={nothing}
    />
  ),
};
export const Keys: Story = { render: () => <ShortcutSheet opened onClose={nothing} /> };
