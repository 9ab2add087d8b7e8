import { TextInput } from '@mantine/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, screen, userEvent, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import { parseDocument } from '../../schemas/load-configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { ApiProblem } from '../../studio/api/client.ts';
import { Autosave, type DraftServer } from '../../studio/document/autosave.ts';
import { DraftContext, type OpenDraft } from '../../studio/document/draft-context.tsx';
import { DraftNotices } from '../../studio/document/draft-notices.tsx';
import { DraftStore } from '../../studio/document/draft-store.ts';
import { SaveMark } from '../../studio/document/save-mark.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const shipped = housing.workflow['HP'];
if (!shipped) throw new Error('the shipped configuration has lost HP');
const theirs: WorkflowDocument = { ...shipped, title: 'Preventing homelessness', start: 'an enquiry comes in' };

/** A page with one change of mine on a server that answers as told. */
function Page({
  server,
  trouble,
  field,
}: {
  server: Partial<DraftServer>;
  trouble?: string;
  /** A field somebody is writing in. */
  field?: string;
}) {
  const [draft] = useState(() => open(server, trouble));
  return (
    <WithRouter>
      <DraftContext value={draft}>
        <DraftNotices />
        <main style={{ padding: 20, background: 'var(--ground)' }}>
          <h1>Homelessness prevention</h1>
          <SaveMark />
          {field ? <TextInput label={field} autoFocus /> : null}
        </main>
      </DraftContext>
    </WithRouter>
  );
}

function open(answers: Partial<DraftServer>, trouble: string | undefined): OpenDraft {
  const store = new DraftStore({ configuration: housing, layouts: {} }, parseDocument);
  const server: DraftServer = { save: async () => 2, remove: async () => {}, load: async () => undefined, ...answers };
  const autosave = new Autosave(server, { 'workflow/HP': 1 }, store.getView().content);
  store.onTouched((names, content, isStep) => autosave.touch(names, content, isStep));
  store.run({ type: 'setDocumentField', kind: 'workflow', key: 'HP', path: ['title'], value: 'Prevention duty' });
  void autosave.flush().catch(() => {});
  const checking = { subscribe: () => () => {}, get: () => ({ findings: [], settled: true }), check: () => {} };
  return {
    store,
    autosave,
    checking: checking as never,
    ...(trouble === undefined
      ? {}
      : {
          journal: {
            keep: () => {},
            forget: () => {},
            flush: async () => {},
            adopt: async () => ({ changes: [], left: 0 }),
            close: async () => {},
            getTrouble: () => trouble,
            isWriting: () => false,
            leave: () => {},
            subscribe: () => () => {},
          },
        }),
  };
}

const refuse = (status: number, detail: string) => async () => {
  throw new ApiProblem(status, { detail });
};

const meta = { title: 'document/Notices', component: Page, args: { server: {} } } satisfies Meta<typeof Page>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Offline: Story = {
  args: { server: { save: refuse(0, 'The server cannot be reached.') } },
  play: async () => {
    await expect(await screen.findByText('Offline: 1 change kept on this computer')).toBeVisible();
  },
};

export const OfflineWithoutStorage: Story = {
  args: {
    server: { save: refuse(0, 'The server cannot be reached.') },
    trouble: 'The storage of this browser is full. Free some space; until then changes stay only in this page.',
  },
};

export const Refused: Story = {
  args: { server: { save: refuse(422, 'workflow/HP at /title: expected a shorter text.') } },
};

/** Somebody else changed the same title: merging waits for the choice. */
export const Conflict: Story = {
  args: { server: { save: refuse(412, 'stale'), load: async () => ({ body: theirs, revision: 2 }) } },
  play: async () => {
    const merge = await screen.findByRole('button', { name: 'Merge both' });
    await expect(merge).toBeDisabled();
    await userEvent.click(await screen.findByRole('radio', { name: 'Theirs: "Preventing homelessness"' }));
    await expect(merge).toBeEnabled();
  },
};

/** Somebody is writing when the conflict comes: the keys are for the field, and none of them chooses anything. */
export const ConflictWhileWriting: Story = {
  args: {
    field: 'Title',
    server: {
      save: refuse(412, 'stale'),
      load: () => new Promise((resolve) => setTimeout(() => resolve({ body: theirs, revision: 2 }), 300)),
    },
  },
  play: async () => {
    const field = await screen.findByLabelText('Title');
    await userEvent.type(field, 'Prevent');
    await screen.findByText(/Your changes are kept here and not sent/);
    await userEvent.type(field, 'ing homelessness {Enter}', { skipClick: true });
    await expect(field).toHaveValue('Preventing homelessness ');
    await expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.tab();
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
    await userEvent.keyboard('{Enter} {Enter} ');
    await waitFor(() => expect(dialog).toBeVisible());
    await expect(screen.getByText('Conflict')).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Merge both' })).toBeDisabled();
  },
};
