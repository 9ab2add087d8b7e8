import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import '../../studio/app/theme.css';
import { CaseView } from '../../studio/cases/case-view.tsx';
import { CommandDialog } from '../../studio/cases/command-dialog.tsx';
import { Timeline } from '../../studio/cases/timeline.tsx';
import { WorklistTable } from '../../studio/cases/worklist-table.tsx';
import {
  sampleDirectory,
  sampleNow,
  samplePage,
  sampleTimeline,
  sampleWorklist,
} from '../../test/support/case-samples.ts';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');
const nothing = () => {};

const meta = {
  title: 'cases/Cases',
  decorators: [
    (Story) => (
      <WithRouter>
        <div style={{ background: 'var(--ground)' }}>
          <Story />
        </div>
      </WithRouter>
    ),
  ],
} satisfies Meta;
export default meta;
type Story = StoryObj;

const view = (failure?: string) => (
  <CaseView
    page={samplePage}
    drawing={{ workflow, layout: null }}
    configuration={housing}
    timeline={sampleTimeline}
    directory={sampleDirectory}
    busy={false}
    failure={failure}
    onCommand={nothing}
  />
);
export const Case: Story = { render: () => view() };
/** Every date says how it follows: each is a stop of the keyboard. */
export const WhyThisDate: Story = {
  render: () => view(),
  play: async ({ canvas, userEvent }) => {
    for (const of of ['HP06 Contact landlord or host', 'Case target', 'Prevention duty']) {
      const asked = canvas.getByText(
        (_, element) => element?.textContent === `Why this date? ${of}` && element.tagName === 'SUMMARY',
      );
      asked.focus();
      await expect(asked).toHaveFocus();
      await userEvent.click(asked);
    }
    await expect(await canvas.findByText(/^First contact: 1 working day from Fri 8 Jan 2027/)).toBeVisible();
    await expect(await canvas.findByText(/^56 calendar days from Mon 11 Jan 2027/)).toBeVisible();
    await expect(await canvas.findByText(/^84 calendar days/)).toBeVisible();
  },
};
export const CommandRefused: Story = { render: () => view('HP06 is complete: reopen it first.') };
export const Worklist: Story = {
  render: () => (
    <WorklistTable items={sampleWorklist} now={sampleNow} directory={sampleDirectory} configuration={housing} />
  ),
};
export const EmptyWorklist: Story = {
  render: () => <WorklistTable items={[]} now={sampleNow} directory={sampleDirectory} />,
};
export const History: Story = { render: () => <Timeline timeline={sampleTimeline} directory={sampleDirectory} /> };
export const NoHistory: Story = { render: () => <Timeline timeline={{ entries: [], personal: {} }} /> };

const dialog = (type: 'holdTask' | 'reassignTask' | 'closeCase') => (
  <CommandDialog
    type={type}
    title="Contact landlord or host"
    task={housing.task['HP06']}
    workflow={workflow}
    configuration={housing}
    people={[{ value: 'ben', label: 'Ben Okoro' }]}
    addable={['HP11']}
    busy={false}
    failure={undefined}
    onSend={nothing}
    onClose={nothing}
  />
);
export const Hold: Story = { render: () => dialog('holdTask') };
export const Reassign: Story = { render: () => dialog('reassignTask') };
export const Close: Story = { render: () => dialog('closeCase') };
