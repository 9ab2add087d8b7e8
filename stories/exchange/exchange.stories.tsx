import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, screen, userEvent, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import { ExchangeMenu } from '../../studio/exchange/exchange-menu.tsx';
import { ImportDialog } from '../../studio/exchange/import-dialog.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithDraft } from '../../test/support/with-draft.tsx';

const meta = {
  title: 'exchange/Import and export',
  component: ExchangeMenu,
  args: { workflow: 'HP', start: '2027-01-04' },
  decorators: [
    (Story) => (
      <WithDraft configuration={housing}>
        <main style={{ padding: 20, minHeight: 520, background: 'var(--ground)' }}>
          <h1>Homelessness prevention</h1>
          <Story />
        </main>
      </WithDraft>
    ),
  ],
} satisfies Meta<typeof ExchangeMenu>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Closed: Story = {};

async function choose(name: string, text: string): Promise<void> {
  const field = await waitFor(() => {
    const found = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!found) throw new Error('the dialog is not there yet');
    return found;
  });
  await userEvent.upload(field, new File([text], name));
}

/** What a bundle would change, said before it does. */
export const Preview: Story = {
  render: () => <ImportDialog onClose={() => {}} />,
  play: async () => {
    await choose('tasks.json', JSON.stringify([{ ...housing.task['HP01'], title: 'Welcome', ladder: 'NONE' }]));
    await expect(await screen.findByText(/is now "Welcome"/)).toBeVisible();
    await expect(screen.getByText('ladder/NONE')).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Import 1 document' })).toBeEnabled();
  },
};

export const BrokenFile: Story = {
  render: () => <ImportDialog onClose={() => {}} />,
  play: async () => {
    await choose('plan.xml', '<Project><Tasks>');
    await expect(await screen.findByText(/plan\.xml is not XML/)).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Import' })).toBeDisabled();
  },
};
