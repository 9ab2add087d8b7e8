import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import '../../studio/app/theme.css';
import { designerSteps } from '../../studio/tour/steps.ts';
import { Tour } from '../../studio/tour/tour.tsx';
import { TourOffer } from '../../studio/tour/tour-offer.tsx';

const meta = {
  title: 'tour/Tour',
  component: Tour,
  args: { person: 'story', steps: designerSteps },
  beforeEach: () => localStorage.removeItem('lintel.tour.story'),
  render: ({ person, steps }) => (
    <main style={{ padding: 20, minHeight: 420, background: 'var(--ground)' }}>
      <h1>Homelessness prevention</h1>
      <TourOffer person={person} onBegin={() => {}} />
      <Tour person={person} steps={steps} />
    </main>
  ),
} satisfies Meta<typeof Tour>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Offered: Story = {
  args: { person: 'offered' },
};

/** By keyboard alone: begun, gone through, left with Escape, and not offered again. */
export const Taken: Story = {
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    await userEvent.click(await page.findByRole('button', { name: 'Take the tour' }));
    await waitFor(() => expect(page.getByRole('heading', { name: 'A workflow' })).toHaveFocus());
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(page.getByRole('heading', { name: 'Tasks' })).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(page.queryByRole('region', { name: 'Tour' })).toBeNull());
    await expect(page.queryByRole('button', { name: 'Take the tour' })).toBeNull();
  },
};

export const LastStep: Story = {
  args: { person: 'last' },
  beforeEach: () => localStorage.setItem('lintel.tour.last', String(designerSteps.length - 1)),
};
