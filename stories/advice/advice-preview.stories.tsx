import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import '../../studio/app/theme.css';
import type { Answers } from '../../schemas/condition.ts';
import { AdvicePreview } from '../../studio/advice/advice-preview.tsx';
import { housing } from '../../test/support/housing.ts';

function Preview({ first }: { first: Answers }) {
  const [answers, setAnswers] = useState(first);
  return (
    <AdvicePreview configuration={housing} workflow="HP" answers={answers} asAt="2027-01-04" onAnswers={setAnswers} />
  );
}
const meta = { title: 'advice/Advice preview', component: Preview, args: { first: {} } } satisfies Meta<typeof Preview>;
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
