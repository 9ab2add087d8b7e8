import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, screen } from 'storybook/test';
import '../../studio/app/theme.css';
import { noteOvertaken } from '../../studio/api/person.ts';
import { OvertakenNotice } from '../../studio/app/overtaken-notice.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = {
  title: 'app/Overtaken notice',
  component: OvertakenNotice,
  decorators: [
    (Story) => (
      <WithRouter>
        <h1>Cases</h1>
        <Story />
      </WithRouter>
    ),
  ],
} satisfies Meta<typeof OvertakenNotice>;
export default meta;
type Story = StoryObj<typeof meta>;

export const SignedInElsewhere: Story = {
  beforeEach: () => {
    noteOvertaken({ by: 'Ben Okafor' });
    return () => noteOvertaken(undefined);
  },
  play: async () => {
    await expect(await screen.findByText('Ben Okafor is signed in in this browser now.')).toBeVisible();
    await expect(screen.getByText(/This page is still for Amira Khan/)).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Go on as Ben Okafor' })).toBeVisible();
  },
};
