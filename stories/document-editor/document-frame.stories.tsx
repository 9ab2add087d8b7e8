import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import '../../studio/app/theme.css';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { useDraft } from '../../studio/document/draft-context.tsx';
import { DocumentFrame } from '../../studio/document-editor/document-frame.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithDraft } from '../../test/support/with-draft.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

function Open({ kind, name, pointer }: { kind: DocumentKind; name: string; pointer?: string }) {
  const document = useDraft().content.configuration[kind][name] as AnyDocument | undefined;
  if (!document) return <p>It is gone.</p>;
  return <DocumentFrame document={document} {...(pointer ? { pointer } : {})} />;
}

function Framed({
  findings = [],
  ...open
}: {
  kind: DocumentKind;
  name: string;
  pointer?: string;
  findings?: Finding[];
}) {
  return (
    <WithDraft configuration={housing} findings={findings}>
      <div style={{ height: '100vh', background: 'var(--ground)' }}>
        <Open {...open} />
      </div>
    </WithDraft>
  );
}

const launchAnswers = housing.test['CO-life-3']?.script?.[0]?.command?.['answers'];

const meta = {
  title: 'document-editor/Document frame',
  component: Framed,
  decorators: [
    (Story) => (
      <WithRouter>
        <Story />
      </WithRouter>
    ),
  ],
} satisfies Meta<typeof Framed>;
export default meta;
type Story = StoryObj<typeof meta>;

export const FormDesigner: Story = {
  args: { kind: 'form', name: 'HP' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('button', { name: /^1 ?Are you safe there tonight/ })).toBeVisible());
  },
};

export const ScriptOfTest: Story = {
  args: { kind: 'test', name: 'CO-life-3', pointer: '/script/1' },
  play: async ({ canvas }) => {
    // The first field of the step, not the button before it that deletes the step.
    const place = () => globalThis.document.activeElement?.closest('[data-place]')?.getAttribute('data-place');
    await waitFor(() => expect(place()).toBe('/script/1/at'));
    // Values of no fixed shape are JSON, not "[object Object]"; half-written ones stay in the field.
    const [answers] = canvas.getAllByLabelText('Answers').filter((field) => field instanceof HTMLTextAreaElement);
    if (!answers) throw new Error('expected the answers that the launch is given');
    expect(answers).toHaveValue(JSON.stringify(launchAnswers, undefined, 2));
    await userEvent.type(answers, '{Backspace}');
    await waitFor(() => expect(canvas.getByText('This is no JSON yet; the last value stays.')).toBeVisible());
    await userEvent.type(answers, '}');
    await waitFor(() => expect(canvas.queryByText('This is no JSON yet; the last value stays.')).toBeNull());
    expect(answers).toHaveValue(JSON.stringify(launchAnswers, undefined, 2));
  },
};

export const QuestionOpen: Story = {
  args: { kind: 'form', name: 'HP', pointer: '/questions/arrears/shownWhen' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('button', { name: "Make it this form's own" })).toBeVisible());
  },
};

export const QuestionUsedElsewhereDeleted: Story = {
  args: { kind: 'form', name: 'HP', pointer: '/questions/stay' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Take it off the form…' })).toBeVisible());
    await userEvent.click(canvas.getByRole('button', { name: 'Take it off the form…' }));
    await waitFor(() => expect(document.body.textContent).toContain('What becomes of them?'));
  },
};

export const RenamedWithItsCopies: Story = {
  args: { kind: 'form', name: 'HP' },
  play: async ({ canvas }) => {
    const inPage = within(document.body);
    await waitFor(() => expect(canvas.getByRole('button', { name: 'More about this document' })).toBeVisible());
    await userEvent.click(canvas.getByRole('button', { name: 'More about this document' }));
    await userEvent.click(await inPage.findByRole('menuitem', { name: 'Rename…' }));
    const title = await inPage.findByRole('textbox', { name: 'Title' });
    await userEvent.clear(title);
    await userEvent.type(title, 'Keep your home');
    // Only what names it is taken along unasked.
    await waitFor(() => expect(inPage.getAllByRole('checkbox', { checked: true })).toHaveLength(1));
    await userEvent.click(inPage.getByRole('button', { name: 'Rename' }));
    await waitFor(() => expect(canvas.getByRole('heading', { level: 1 })).toHaveTextContent('Keep your home'));
  },
};

export const LibraryQuestion: Story = {
  args: { kind: 'question', name: 'notice' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByText(/forms ask it/)).toBeVisible());
  },
};

export const Statement: Story = {
  args: { kind: 'advice', name: 'HP3' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('region', { name: 'Who gets it' })).toBeVisible());
  },
};

export const StatementWithFindings: Story = {
  args: {
    kind: 'advice',
    name: 'HP3',
    pointer: '/body',
    findings: [
      {
        code: 'ADVICE_AGENCY_UNKNOWN',
        severity: 'error',
        document: 'advice/HP3',
        pointer: '/body',
        values: {},
        message:
          'Statement "HP3": it names the agency "SHELTRE", which does not exist. Name an agency of the configuration.',
        fix: { type: 'setDocumentField', kind: 'advice', key: 'HP3', path: ['reviewBy'], value: '2027-05-01' },
      },
      {
        code: 'ADVICE_UNREACHABLE',
        severity: 'warning',
        document: 'workflow/HP',
        pointer: '/adviceRules/HP3/when',
        values: {},
        message: 'Statement "HP3" can never be advised.',
      },
    ],
  },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByText(/names the agency/)).toBeVisible());
    await waitFor(() => expect(canvas.getByText('Never true')).toBeVisible());
  },
};

export const TaskInItsFrame: Story = {
  args: { kind: 'task', name: 'HP01' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByLabelText('Instructions')).toBeVisible());
  },
};

export const WhereUsed: Story = {
  args: { kind: 'advice', name: 'HP3' },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('tab', { name: /Used/ }));
    await waitFor(() => expect(canvas.getByText('Workflow HP')).toBeVisible());
  },
};
