import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import '../../studio/app/theme.css';
import type { Condition } from '../../schemas/condition.ts';
import ConditionEditor from '../../studio/condition-language/condition-editor.tsx';
import { buildAdviceBook } from '../../studio/document/engine.ts';
import { housing } from '../../test/support/housing.ts';

const { questions, named } = buildAdviceBook(housing, 'HP');
const vocabulary = { questions, named, asAt: '2027-01-04' };

function Field({ first }: { first: Condition }) {
  const [condition, setCondition] = useState(first);
  return <ConditionEditor label="Advised when" condition={condition} vocabulary={vocabulary} onChange={setCondition} />;
}

const meta = {
  title: 'condition-language/Condition editor',
  component: Field,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof Field>;
export default meta;
type Story = StoryObj<typeof meta>;

/** The editor is loaded and has drawn its text. */
async function showsText(canvas: HTMLElement, text: string): Promise<void> {
  await waitFor(() => expect(canvas.querySelector('.view-lines')?.textContent?.replace(/\s/g, ' ')).toContain(text));
}

/** Text that cannot be read yet was kept when the page closed: it is there again, and the rule is one press away. */
export const KeptHalfWritten: StoryObj = {
  render: () => <HalfWritten />,
  play: async ({ canvasElement }) => {
    await showsText(canvasElement, 'safe is yes and (arrears is');
    const canvas = within(canvasElement);
    await expect(await canvas.findByText(/It is kept here/)).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Go back to the rule' }));
    await waitFor(() => expect(canvas.getByText('Kept: nothing')).toBeVisible());
    await waitFor(() => expect(canvas.queryByText(/It is kept here/)).toBeNull());
  },
};

function HalfWritten() {
  const [text, keep] = useState<string | undefined>('safe is yes and (arrears is');
  return (
    <>
      <ConditionEditor
        label="Advised when"
        condition={{ op: 'is', of: { question: 'safe' }, value: 'yes' }}
        vocabulary={vocabulary}
        onChange={() => {}}
        kept={{ text, keep }}
      />
      <p>Kept: {text ?? 'nothing'}</p>
    </>
  );
}

export const OneLine: Story = {
  args: {
    first: {
      op: 'all',
      conditions: [
        { op: 'isOneOf', of: { question: 'stay' }, values: ['private_rent', 'social_rent'] },
        { op: 'withinDaysAfter', of: { question: 'leave_by' }, days: 56 },
      ],
    },
  },
  play: ({ canvasElement }) => showsText(canvasElement, 'within 56 days after asAt'),
};

export const Wrapped: Story = {
  args: {
    first: {
      op: 'all',
      conditions: [
        { op: 'is', of: { question: 'safe' }, value: 'yes' },
        {
          op: 'any',
          conditions: [
            { op: 'is', of: { question: 'arrears' }, value: 'yes' },
            { op: 'includesAny', of: { question: 'needs' }, values: ['care_leaver', 'none'] },
            { op: 'not', condition: { op: 'answered', of: { question: 'leave_by' } } },
          ],
        },
      ],
    },
  },
  play: ({ canvasElement }) => showsText(canvasElement, 'answered(leave_by)'),
};

export const WithProblems: Story = {
  args: {
    first: {
      op: 'all',
      conditions: [
        { op: 'is', of: { question: 'stay' }, value: 'castle' },
        { op: 'atLeast', of: { question: 'notice' }, value: 3 },
        { op: 'is', of: { question: 'garden' }, value: 'yes' },
      ],
    },
  },
  play: async ({ canvasElement, canvas }) => {
    await showsText(canvasElement, 'castle');
    await expect(await canvas.findByText(/has no option "castle"/)).toBeVisible();
    await waitFor(() => expect(canvasElement.querySelector('.squiggly-error')).not.toBeNull());
  },
};
