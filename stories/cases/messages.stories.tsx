import type { Meta, StoryObj } from '@storybook/react-vite';
import { useQueryClient } from '@tanstack/react-query';
import { expect, userEvent, within } from 'storybook/test';
import { PAGE_ROWS } from '../../studio/api/pages.ts';
import type { MessageRow, MessagesAnswer } from '../../studio/api/types.ts';
import { MessagesPage } from '../../studio/cases/messages-page.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = { title: 'cases/Messages' } satisfies Meta;
export default meta;
type Story = StoryObj;

const TOTAL = PAGE_ROWS + 30;

const message = (at: number): MessageRow => ({
  id: `m${at}`,
  caseId: 'c1',
  task: 'HP04',
  title: `Amber warning ${at}`,
  body: 'Assessment for case HP-7KQ2-M4XD is due Wed 6 Jan 2027, 17:00.',
  urgent: at === 1,
  createdAt: 1_799_000_000 - at * 3600,
  readAt: at > 3 ? 1_799_000_000 : null,
});
const newest = (count: number, next: string | null): MessagesAnswer => ({
  messages: Array.from({ length: count }, (_, at) => message(at + 1)),
  next,
  total: TOTAL,
  unread: 3,
});

/** What the server answers for one page and for two. */
function Answered() {
  const client = useQueryClient();
  client.setQueryData(['messages', 1], newest(PAGE_ROWS, 'further'));
  client.setQueryData(['messages', 2], newest(TOTAL, null));
  return <MessagesPage />;
}

/** A long list says how many there are and shows more at a press; at its end there is nothing to press. */
export const MoreAtAPress: Story = {
  render: () => (
    <WithRouter>
      <Answered />
    </WithRouter>
  ),
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText(`${PAGE_ROWS} of ${TOTAL} messages`);
    await expect(canvas.getByText('3 not read yet.')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: `Show ${PAGE_ROWS} more` }));
    await expect(await canvas.findByRole('table')).toHaveAttribute('aria-rowcount', String(TOTAL + 1));
    await expect(canvas.queryByRole('button', { name: /^Show / })).toBeNull();
    await expect(canvas.queryByText(/ of \d+ messages/)).toBeNull();
  },
};
