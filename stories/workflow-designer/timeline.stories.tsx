import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import { applyEdit, type EditCommand } from '../../studio/document/engine.ts';
import { Announcer } from '../../studio/ui/announcer.tsx';
import type { Selected } from '../../studio/workflow-designer/selection.ts';
import { Timeline } from '../../studio/workflow-designer/timeline/timeline.tsx';
import { housing } from '../../test/support/housing.ts';
import { manyTasks } from '../../test/support/many-tasks.ts';

/** The timeline over a draft of its own. */
function OpenTimeline({ of = housing, workflow = 'HP' }: { of?: typeof housing; workflow?: string }) {
  const [configuration, setConfiguration] = useState(of);
  const [start, setStart] = useState('2027-01-04');
  const [selected, setSelected] = useState<Selected>();
  const run = (command: EditCommand) => {
    const result = applyEdit({ configuration, layouts: {} }, command);
    if (result.ok) setConfiguration(result.content.configuration);
    return result;
  };
  const designer = {
    workflow: configuration.workflow[workflow],
    configuration,
    start,
    setStart,
    selected,
    setSelected,
    run,
  };
  return (
    <div style={{ height: 700 }}>
      <Timeline designer={designer} />
      <Announcer />
    </div>
  );
}

const meta = {
  title: 'workflow-designer/Timeline',
  component: OpenTimeline,
} satisfies Meta<typeof OpenTimeline>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Planned: Story = {};

/** Every date by keyboard: walk to a bar, move its start by a working day, then its end. */
export const ByKeyboard: Story = {
  play: async ({ canvas, userEvent }) => {
    const bar = await canvas.findByRole('gridcell', { name: /^HP05, / });
    const reads = (words: RegExp) => waitFor(() => expect(bar).toHaveAccessibleName(words));
    bar.focus();
    await reads(/21 Jan 2027 to 26 Jan 2027/);
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await reads(/22 Jan 2027 to 27 Jan 2027/);
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    await reads(/22 Jan 2027 to 28 Jan 2027; .*length by estimate/);
    await waitFor(() => expect(bar).toHaveFocus());
  },
};
/** The dialog says what would move before it is done. */
export const Changing: Story = {
  play: async ({ canvas, userEvent }) => {
    (await canvas.findByRole('gridcell', { name: /^HP03, / })).focus();
    await userEvent.keyboard('{Enter}');
  },
};
export const WorstStart: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Worst start of 2027' }));
    await expect((await canvas.findAllByText(/^The worst start of 2027 is/))[0]).toBeVisible();
  },
};
export const NearlyCritical: Story = { args: { workflow: 'HR' } };
export const ThousandTasks: Story = { args: { of: manyTasks(1000, housing), workflow: 'MANY' } };
export const NotPlannable: Story = {
  args: {
    of: {
      ...housing,
      workflow: {
        ...housing.workflow,
        HP: {
          ...(housing.workflow['HP'] as (typeof housing.workflow)[string]),
          links: {
            a: { order: 0, from: 'HP01', to: 'HP02', type: 'FS' },
            b: { order: 1, from: 'HP02', to: 'HP01', type: 'FS' },
          },
        },
      },
    },
  },
};
