import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import '../../studio/condition-language/condition-editor.tsx';
import type { Answers, Condition } from '../../schemas/condition.ts';
import { RuleBuilder } from '../../studio/rule-builder/rule-builder.tsx';
import type { Mark } from '../../studio/rule-builder/rule-tree.tsx';
import { subjectsOf, vocabularyOf } from '../../studio/rule-builder/subjects.ts';
import { housing } from '../../test/support/housing.ts';

const about = { workflow: 'HP' };
const vocabulary = vocabularyOf(housing, about, '2027-01-04');
const subjects = subjectsOf(housing, about, vocabulary);

function Builder({ first, answers, marks }: { first?: Condition; answers?: Answers; marks?: [string, Mark][] }) {
  const [condition, setCondition] = useState(first);
  return (
    <RuleBuilder
      label="Advised when"
      condition={condition}
      absent="Always advised"
      vocabulary={vocabulary}
      subjects={subjects}
      {...(answers ? { answers } : {})}
      {...(marks ? { marks: new Map(marks) } : {})}
      onChange={setCondition}
    />
  );
}

const meta = {
  title: 'rule-builder/Rule builder',
  component: Builder,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof Builder>;
export default meta;
type Story = StoryObj<typeof meta>;

const deep: Condition = {
  op: 'all',
  conditions: [
    { op: 'is', of: { question: 'stay' }, value: 'private_rent' },
    {
      op: 'any',
      conditions: [
        { op: 'withinDaysAfter', of: { question: 'leave_by' }, days: 56 },
        { op: 'not', condition: { op: 'answered', of: { question: 'leave_by' } } },
      ],
    },
    { op: 'is', of: { question: 'arrears' }, value: 'yes' },
  ],
};

export const NoRule: Story = {};
export const OneClause: Story = { args: { first: { op: 'is', of: { question: 'arrears' }, value: 'yes' } } };
export const Nested: Story = { args: { first: deep } };
export const WithAnswers: Story = {
  args: { first: deep, answers: { stay: 'private_rent', home_tonight: 'yes', notice: 's8', arrears: 'no' } },
};
export const WithMarks: Story = {
  args: {
    first: deep,
    marks: [
      ['/conditions/1', { word: 'Changes nothing', title: 'The clauses beside it say as much already' }],
      ['/conditions/2', { word: 'Never true', title: 'No answers the form allows make it true' }],
    ],
  },
};
export const ByKeyboard: Story = {
  args: { first: { op: 'is', of: { question: 'arrears' }, value: 'yes' } },
  play: async ({ canvas }) => {
    canvas.getByRole('button', { name: /^“.*” is Yes$/ }).focus();
    await userEvent.keyboard('y');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Any of these is true' })).toBeVisible());
    await userEvent.keyboard('n');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Not' })).toBeVisible());
  },
};
export const ClauseOpen: Story = {
  args: { first: deep },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: /^“.*is within the next 56 days/ }));
    await waitFor(() => expect(canvas.getByLabelText('Days')).toHaveValue('56'));
  },
};
export const WithText: Story = {
  args: { first: deep },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'As text' }));
    await waitFor(() => expect(canvasElement.querySelector('.view-lines')?.textContent).toContain('leave_by'));
  },
};
