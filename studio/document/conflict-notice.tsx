import { Button, Group } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { announce } from '../ui/announcer.tsx';
import classes from './conflict-notice.module.css';
import { useOpenDraft, useSaveState } from './draft-context.tsx';

/** Somebody else saved this document first: nothing is sent until a person chooses. */
export function ConflictNotice() {
  const { store, autosave } = useOpenDraft();
  const state = useSaveState();
  if (state.at !== 'conflict') return null;
  const takeTheirs = async () => {
    const theirs = await autosave.takeTheirs();
    if (theirs && theirs.kind === 'layout') store.takeLayout(theirs);
    else if (theirs) store.takeDocument(theirs);
    announce('Took the saved version');
  };
  return (
    <div className={classes['notice']} role="alert">
      <IconGitMerge size={18} aria-hidden="true" />
      <p>
        Somebody else has changed <strong>{state.name}</strong> since you opened it. Your changes are kept here and not
        sent.
      </p>
      <Group gap="xs">
        <Button variant="default" onClick={() => void takeTheirs()}>
          Take theirs
        </Button>
        <Button onClick={() => void autosave.keepMine().catch(() => {})}>Keep mine</Button>
      </Group>
    </div>
  );
}
