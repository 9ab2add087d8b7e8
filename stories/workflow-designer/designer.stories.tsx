import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import '../../studio/app/theme.css';
import type { Configuration } from '../../schemas/configuration.ts';
import { housing } from '../../test/support/housing.ts';
import { manyTasks } from '../../test/support/many-tasks.ts';
import { WithDesigner } from '../../test/support/with-designer.tsx';

const meta = {
  title: 'workflow-designer/Designer',
  component: WithDesigner,
} satisfies Meta<typeof WithDesigner>;
export default meta;
type Story = StoryObj<typeof meta>;

const hp = housing.workflow['HP'];
if (!hp) throw new Error('HP is in the shipped configuration');

/** HP with one node of every type, one task that recurs, and lanes. */
const everyType: Configuration = {
  ...housing,
  workflow: {
    ...housing.workflow,
    HP: {
      ...hp,
      nodes: {
        ...hp.nodes,
        D1: {
          type: 'decision',
          order: 20,
          title: 'Is a duty owed?',
          branches: {
            owed: {
              order: 1,
              label: 'Duty owed',
              when: { op: 'answered', of: { question: Object.keys(housing.question)[0] ?? '' } },
            },
            review: { order: 2, label: 'Under review', when: { op: 'all', conditions: [] } },
          },
          otherwise: { label: 'Not owed' },
        },
        M1: {
          type: 'communication',
          order: 21,
          template: Object.keys(housing.template)[0] ?? '',
          to: ['customer', 'caseOwner'],
          channel: 'email',
        },
        S1: { type: 'milestone', order: 22, stage: 'Duty accepted' },
        E1: { type: 'end', order: 23, outcome: Object.keys(hp.outcomes)[0] ?? '' },
      },
      links: {
        ...hp.links,
        d: { order: 50, from: 'HP13', to: 'D1', type: 'FS' },
        m: { order: 51, from: 'D1', to: 'M1', type: 'FS', branch: 'owed' },
        s: { order: 52, from: 'D1', to: 'S1', type: 'FS', branch: 'otherwise' },
        e: { order: 53, from: 'M1', to: 'E1', type: 'FS', lag: { value: 2, unit: 'workingDays', basis: 'working' } },
      },
    },
  },
};

const card = async (canvas: HTMLElement, node: string) => {
  const find = () => canvas.querySelector<HTMLElement>(`[data-node="${node}"]`);
  // What cannot be seen yet takes no focus: cards are measured before they are shown.
  await waitFor(() => expect(find()?.checkVisibility({ visibilityProperty: true })).toBe(true));
  return find() as HTMLElement;
};
const cell = (canvas: HTMLElement, name: string) =>
  canvas.querySelector<HTMLElement>(`[data-cell="${name}"]`) as HTMLElement;
/** Presses a cell and waits until the keys go there. */
const stand = async (canvas: HTMLElement, name: string) => {
  cell(canvas, name).click();
  await waitFor(() => expect(cell(canvas, name)).toHaveFocus());
};

const show = (node: string): NonNullable<Story['play']> => {
  return async ({ canvasElement }) => {
    (await card(canvasElement, node)).focus();
    await waitFor(() => expect(canvasElement.querySelector('[data-inspector]')).not.toBeNull());
  };
};

export const OnCanvas: Story = { play: show('HP05') };
export const Decision: Story = { args: { configuration: everyType }, play: show('D1') };
export const Message: Story = { args: { configuration: everyType }, play: show('M1') };
export const Milestone: Story = { args: { configuration: everyType }, play: show('S1') };
export const End: Story = { args: { configuration: everyType }, play: show('E1') };

export const SeveralChosen: Story = {
  play: async ({ canvasElement }) => {
    (await card(canvasElement, 'HP01')).focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await within(canvasElement).findByRole('toolbar', { name: '13 chosen tasks' });
  },
};

export const LanesDatesAndMap: Story = {
  play: async ({ canvasElement }) => {
    await card(canvasElement, 'HP13');
    for (const name of [/lanes by owner$/, /dates against/, /map of the drawing/]) {
      await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Arrange and show' }));
      const items = await within(canvasElement).findAllByRole('menuitem', { name });
      await userEvent.click(items.at(-1) as HTMLElement);
    }
    await within(canvasElement).findByRole('region', { name: 'Lane of Case owner' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  },
};

export const Finding: Story = {
  play: async ({ canvasElement }) => {
    (await card(canvasElement, 'HP01')).focus();
    await userEvent.keyboard('{Control>}f{/Control}');
    await userEvent.type(await within(canvasElement).findByLabelText('Find a task'), 'plan review{Enter}');
  },
};

export const NothingDrawn: Story = {
  args: { configuration: { ...housing, workflow: { HP: { ...hp, nodes: {}, links: {}, clocks: {} } } } },
};

export const InOutline: Story = {
  args: { view: 'outline' },
  play: async ({ canvasElement }) => void (await card(canvasElement, 'HP13')),
};
export const OutlineNarrow: Story = {
  args: { view: 'outline', width: 320 },
  play: async ({ canvasElement }) => {
    (await card(canvasElement, 'HP02')).click();
  },
};
export const OutlineOfAThousand: Story = {
  args: { view: 'outline', workflow: 'MANY', configuration: manyTasks(1000, housing) },
  play: async ({ canvasElement }) => {
    await card(canvasElement, 'M0001');
    // Only what can be seen is drawn.
    await waitFor(() => expect(canvasElement.querySelectorAll('tbody tr').length).toBeLessThan(80));
    await stand(canvasElement, 'M0001 2');
    await userEvent.keyboard('{Control>}{End}{/Control}');
    const last = canvasElement.querySelectorAll('[data-cell^="head "]').length - 1;
    await waitFor(() => expect(cell(canvasElement, `M1000 ${last}`)).toHaveFocus());
  },
};
export const CellThatCannotBeRead: Story = {
  args: { view: 'outline' },
  play: async ({ canvasElement }) => {
    await card(canvasElement, 'HP09');
    await stand(canvasElement, 'HP09 4');
    await userEvent.keyboard('{F2}');
    const field = await within(canvasElement).findByLabelText('Predecessors of HP09');
    await userEvent.clear(field);
    await userEvent.type(field, 'HP13, HP99FS+3{Enter}');
    const said = () => within(canvasElement).getByRole('alert');
    await waitFor(() => expect(said()).toHaveTextContent('would make a cycle'));
    await waitFor(() => expect(said()).toHaveTextContent('there is no task HP99'));
  },
};
export const SeveralRows: Story = {
  args: { view: 'outline' },
  play: async ({ canvasElement }) => {
    await card(canvasElement, 'HP04');
    await stand(canvasElement, 'HP04 2');
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await within(canvasElement).findByText('3 tasks chosen');
  },
};
