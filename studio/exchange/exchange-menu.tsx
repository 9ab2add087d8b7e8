import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload, IconFileImport, IconTransfer } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useOpenDraft } from '../document/draft-context.tsx';
import type { ClipboardBundle } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { todayOn } from '../words/date-words.ts';
import { download, toPng } from './download.ts';
import { exportFormats } from './formats.ts';

const ExportNotes = lazy(async () => ({ default: (await import('./export-notes.tsx')).ExportNotes }));
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }));

export interface ExchangeMenuProps {
  /** The workflow that is open; the formats of a plan are offered for it. */
  workflow?: string;
  /** Day on which its plan begins. */
  start?: string;
  /** Takes the tasks of a workflow in a file into the open one. */
  onMerge?: (tasks: ClipboardBundle) => void;
  /** Documents (`kind/key`) that the page lists; offered as one bundle. */
  documents?: readonly string[];
}

/** Import and export behind one button. */
export function ExchangeMenu({ workflow, start, onMerge, documents = [] }: ExchangeMenuProps) {
  const { store } = useOpenDraft();
  const [isImporting, setImporting] = useState(false);
  const [said, setSaid] = useState<{ title: string; sentences: readonly string[] }>();
  const write = async (format: (typeof exportFormats)[number]) => {
    if (workflow === undefined) return;
    try {
      const { writeWorkflow } = await import('./exchange-engine.ts');
      const now = new Date().toISOString();
      const { text, notes } = writeWorkflow(
        store.getView().content,
        workflow,
        format.format === 'png' ? 'svg' : format.format,
        { start: start ?? todayOn(), stampedAt: `${now.slice(0, 19)}Z` },
      );
      const name = `${workflow}.${format.extension}`;
      download(format.format === 'png' ? await toPng(text) : new Blob([text], { type: format.type }), name);
      if (notes.length > 0) setSaid({ title: `Exported ${name}`, sentences: notes });
      announce(`Exported ${name}`);
    } catch (error) {
      setSaid({ title: 'Not exported', sentences: [(error as Error).message] });
    }
  };
  const writeListed = async () => {
    const { writeDocuments } = await import('./exchange-engine.ts');
    const text = writeDocuments(store.getView().content.configuration, documents);
    download(new Blob([text], { type: 'application/json' }), 'lintel-documents.json');
    announce('Exported lintel-documents.json');
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label="Import and export">
            <ActionIcon variant="default" size="md" aria-label="Import and export">
              <IconTransfer size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileImport size={15} />} onClick={() => setImporting(true)}>
            Import a file…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>Export</Menu.Label>
          {workflow === undefined ? (
            <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void writeListed()}>
              {`JSON bundle of ${documents.length} ${documents.length === 1 ? 'document' : 'documents'}, with all they need`}
            </Menu.Item>
          ) : (
            exportFormats.map((format) => (
              <Menu.Item
                key={format.format}
                leftSection={<IconDownload size={15} />}
                onClick={() => void write(format)}
              >
                {format.title}
              </Menu.Item>
            ))
          )}
        </Menu.Dropdown>
      </Menu>
      {said ? (
        <Suspense>
          <ExportNotes {...said} onClose={() => setSaid(undefined)} />
        </Suspense>
      ) : null}
      {isImporting ? (
        <Suspense>
          <ImportDialog
            onClose={() => setImporting(false)}
            {...(workflow !== undefined && onMerge ? { open: { workflow, onMerge } } : {})}
          />
        </Suspense>
      ) : null}
    </>
  );
}
