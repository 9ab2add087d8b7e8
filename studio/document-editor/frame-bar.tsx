import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCode, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { areas, kindIcons } from '../app/areas.ts';
import type { Use } from '../document/engine.ts';
import { SaveMark } from '../document/save-mark.tsx';
import { UndoButtons } from '../document/undo-buttons.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import classes from '../ui/bar.module.css';
import { SeverityBadge } from '../ui/states.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { useEditor } from './editor.ts';
import { RenameDialog } from './rename-dialog.tsx';

/** Title and key of the document, where its changes are, and what can be done with all of it. */
export function FrameBar({
  document,
  findings,
  uses,
  onOpen,
}: {
  document: AnyDocument;
  findings: readonly Finding[];
  uses: readonly Use[];
  onOpen: (kind: DocumentKind, key: string) => void;
}) {
  const { configuration, run } = useEditor();
  const [dialog, setDialog] = useState<'rename' | 'duplicate' | 'delete'>();
  const Icon = kindIcons[document.kind];
  const area = areas.find(({ kinds }) => kinds.includes(document.kind));
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  const { kind, key } = document;
  return (
    <header className={classes['bar']}>
      {area ? (
        <Tooltip label={`All of ${area.title}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={`All of ${area.title}`}
            renderRoot={(props) => <Link to="/library/$area" params={{ area: area.slug }} {...props} />}
          >
            <IconArrowLeft size={16} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <h1 className={classes['title']}>
        <Icon size={17} stroke={1.7} aria-hidden="true" />
        <span>{document.title}</span> <span className={classes['key']}>{key}</span>
      </h1>
      {errors > 0 ? <SeverityBadge severity="error" count={errors} /> : null}
      {warnings > 0 ? <SeverityBadge severity="warning" count={warnings} /> : null}
      <span className={classes['spring']} />
      <SaveMark />
      <div className={classes['tools']} role="toolbar" aria-label="This document">
        <UndoButtons />
        <Tooltip label="Source">
          <ActionIcon
            variant="default"
            size="md"
            aria-label="Source"
            renderRoot={(props) => <Link to="/source/$kind/$key" params={{ kind, key }} {...props} />}
          >
            <IconCode size={16} />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="md" aria-label="More about this document">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setDialog('rename')}>
              Rename…
            </Menu.Item>
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => setDialog('duplicate')}>
              Duplicate…
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setDialog('delete')}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <PublishButton />
      </div>
      {dialog === 'rename' ? (
        <RenameDialog
          document={document}
          configuration={configuration}
          run={run}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog === 'duplicate' ? (
        <DuplicateDialog document={document} onClose={() => setDialog(undefined)} onDone={onOpen} />
      ) : null}
      {dialog === 'delete' ? (
        <DeleteDialog document={document} uses={uses} onClose={() => setDialog(undefined)} />
      ) : null}
    </header>
  );
}
