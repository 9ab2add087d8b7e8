import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import '../../studio/app/theme.css';
import type { Answers } from '../../schemas/condition.ts';
import { AdvicePreview } from '../../studio/advice/advice-preview.tsx';
import type { PackDifference } from '../../studio/advice/compare.ts';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

function Preview({ first, difference }: { first: Answers; difference?: PackDifference }) {
  const [answers, setAnswers] = useState(first);
  return (
    <AdvicePreview
      configuration={housing}
      workflow="HP"
      answers={answers}
      asAt="2027-01-04"
      onAnswers={setAnswers}
      {...(difference ? { difference } : {})}
    />
  );
}
const meta = {
  title: 'advice/Advice preview',
  component: Preview,
  args: { first: {} },
  decorators: [
    (Story) => (
      <WithRouter>
        <Story />
      </WithRouter>
    ),
  ],
} satisfies Meta<typeof Preview>;
export default meta;
type Story = StoryObj<typeof meta>;

export const NothingAnswered: Story = {};
export const Answered: Story = {
  args: {
    first: {
      safe: 'yes',
      stay: 'private_rent',
      home_tonight: 'yes',
      notice: 's8',
      leave_by: '2027-02-10',
      children: 'yes',
      needs: ['none'],
      arrears: 'yes',
    },
  },
};

export const Compared: Story = {
  args: {
    first: { safe: 'yes', stay: 'private_rent', notice: 's8', arrears: 'yes' },
    difference: { gained: ['HP3'], lost: [], reworded: ['G1'] },
  },
};
