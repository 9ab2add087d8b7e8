import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseOff, IconGitMerge, IconUserEdit } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { NOTICES_ID } from '../ui/notices-place.ts';
import { useIsInText } from '../ui/use-is-in-text.ts';
import { nameInWords } from '../words/kind-words.ts';
import { useOpenDraft, useSaveState, useStorageTrouble } from './draft-context.tsx';
import classes from './draft-notices.module.css';
import type { Elsewhere } from './watching.ts';

const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog }));
const ElsewhereDialog = lazy(async () => ({ default: (await import('./elsewhere-dialog.tsx')).ElsewhereDialog }));

/** What stands between a person and a saved draft, above whatever page is open. */
export function DraftNotices() {
  const place = typeof document === 'undefined' ? null : document.getElementById(NOTICES_ID);
  const notices = (
    <>
      <ConflictNotice />
      <RefusedNotice />
      <StorageNotice />
      <ElsewhereNotice />
    </>
  );
  return place ? createPortal(notices, place) : notices;
}

/**
 * Somebody else saved first: nothing is sent until a person chooses; the dialog can be put off, not lost. It waits until who
 * is writing has left the field: it would take the keys meant for that.
 */
function ConflictNotice() {
  const state = useSaveState();
  const isInText = useIsInText();
  const [shown, setShown] = useState<unknown>();
  const [putOff, setPutOff] = useState<unknown>();
  if (state.at !== 'conflict') return null;
  if (!isInText && shown !== state) setShown(state);
  return (
    <>
      <Notice
        icon={<IconGitMerge size={18} aria-hidden="true" />}
        action={<Button onClick={() => setPutOff(undefined)}>Compare and choose</Button>}
      >
        Somebody else has changed <strong>{nameInWords(state.name)}</strong> since you opened it. Your changes are kept
        here and not sent.
      </Notice>
      <Suspense>
        <ConflictDialog
          key={state.name}
          conflict={state}
          opened={shown === state && putOff !== state}
          onClose={() => setPutOff(state)}
        />
      </Suspense>
    </>
  );
}

function RefusedNotice() {
  const state = useSaveState();
  if (state.at !== 'refused') return null;
  return (
    <Notice icon={<IconAlertTriangle size={18} aria-hidden="true" />}>
      The server does not take <strong>{nameInWords(state.name)}</strong>: {state.reason} Your changes are kept on this
      computer.
    </Notice>
  );
}

function StorageNotice() {
  const trouble = useStorageTrouble();
  if (!trouble) return null;
  return <Notice icon={<IconDatabaseOff size={18} aria-hidden="true" />}>{trouble}</Notice>;
}

const nothing: Elsewhere = { saved: [] };

function ElsewhereNotice() {
  const { watching, autosave } = useOpenDraft();
  const state = useSaveState();
  const elsewhere = useSyncExternalStore(watching?.subscribe ?? noChange, watching?.get ?? (() => nothing));
  const [isOpen, setOpen] = useState(false);
  const { release } = elsewhere;
  // What is in conflict is spoken of above.
  const saved =
    state.at === 'conflict' ? elsewhere.saved.filter(({ name }) => !autosave.isUnsaved(name)) : elsewhere.saved;
  if (!watching || (saved.length === 0 && release === undefined)) return null;
  const [first] = saved;
  return (
    <>
      <Notice
        tone="note"
        icon={<IconUserEdit size={18} aria-hidden="true" />}
        action={
          <Group gap="xs">
            {saved.length > 0 ? <Button onClick={() => setOpen(true)}>Show what changed</Button> : null}
            <Button variant="default" onClick={() => watching.dismiss()}>
              Not now
            </Button>
          </Group>
        }
      >
        {saved.length === 1 && first ? (
          <>
            Somebody else has saved <strong>{first.title || first.name}</strong> ({nameInWords(first.name)}).{' '}
          </>
        ) : saved.length > 1 ? (
          `Somebody else has saved ${saved.length} documents. `
        ) : null}
        {release === undefined ? null : `Release ${release} has been published since you opened this page.`}
      </Notice>
      {isOpen ? (
        <Suspense>
          <ElsewhereDialog opened saved={saved} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

const noChange = () => () => {};

function Notice({
  icon,
  action,
  tone,
  children,
}: {
  icon: ReactNode;
  action?: ReactNode;
  tone?: 'note';
  children: ReactNode;
}) {
  return (
    <div className={classes['notice']} role={tone === 'note' ? 'status' : 'alert'} data-tone={tone}>
      {icon}
      <p>{children}</p>
      {action}
    </div>
  );
}
