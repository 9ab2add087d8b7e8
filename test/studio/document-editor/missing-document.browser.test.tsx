import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { theme } from '../../../studio/app/theme.ts';
import { useDraft, useOpenDraft } from '../../../studio/document/draft-context.tsx';
import { MissingDocument } from '../../../studio/document-editor/missing-document.tsx';
import { blankDocument } from '../../../studio/library/blank-document.ts';
import { Designer } from '../../../studio/workflow-designer/designer.tsx';
import { housing } from '../../support/housing.ts';
import { WithDraft } from '../../support/with-draft.tsx';
import { WithRouter } from '../../support/with-router.tsx';

let root: Root | undefined;

/** A workflow that was made a moment ago, in the designer, as `/workflow/DMR` shows it. */
function JustMade() {
  const { store } = useOpenDraft();
  const isMade = useDraft().history.past.length + useDraft().history.future.length > 0;
  const document = blankDocument('workflow', 'DMR', 'Damp and mould report', undefined, housing);
  if (!isMade)
    return (
      <button type="button" onClick={() => store.run({ type: 'putDocument', document })}>
        Make it
      </button>
    );
  const nothing = () => {};
  return (
    <Designer
      workflowKey="DMR"
      view="outline"
      onView={nothing}
      onPlay={nothing}
      onOpenElsewhere={nothing}
      onOpenDocument={nothing}
    />
  );
}

function open(what: React.ReactNode): void {
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <MantineProvider theme={theme}>
      <WithRouter>
        <WithDraft configuration={housing}>{what}</WithDraft>
      </WithRouter>
    </MantineProvider>,
  );
}

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

describe('a document that is gone while its editor is open', () => {
  it('comes back by Redo where the last Undo took the workflow itself away', async () => {
    open(<JustMade />);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('button', { name: 'Undo Add workflow DMR' }).click();
    await expect.element(page.getByText('There is no workflow DMR')).toBeVisible();
    await page.getByRole('button', { name: 'Redo Add workflow DMR' }).click();
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Damp and mould report');
  });

  it('comes back by the keys of undo and redo, wherever the focus went', async () => {
    open(<JustMade />);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('button', { name: 'Undo Add workflow DMR' }).click();
    await expect.element(page.getByText('There is no workflow DMR')).toBeVisible();
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Damp and mould report');
  });

  it('names the way to the others of its kind', async () => {
    open(<MissingDocument kind="template" documentKey="GONE" />);
    await expect.element(page.getByRole('link', { name: 'Templates' })).toBeVisible();
  });
});
