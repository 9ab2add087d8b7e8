import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDatabaseOff,
  IconGitMerge,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../ui/badge.tsx';
import type { SaveState } from './autosave.ts';
import { useIsWriting, useSaveState, useStorageTrouble } from './draft-context.tsx';

/** Where the last change is: on its way, on the server, or still here. */
export function SaveMark() {
  const state = useSaveState();
  const trouble = useStorageTrouble();
  const isWriting = useIsWriting();
  const { tone = 'neutral', icon, words, title } = markOf(state, trouble, isWriting);
  return (
    <Badge tone={tone} icon={icon} {...(title ? { title } : {})}>
      {words}
    </Badge>
  );
}

interface Mark {
  tone?: Tone;
  icon: ReactNode;
  words: string;
  title?: string;
}

function markOf(state: SaveState, trouble: string | undefined, isWriting: boolean): Mark {
  switch (state.at) {
    case 'saved':
      return { icon: <IconCloudCheck size={13} />, words: 'Saved' };
    case 'saving':
      return { icon: <IconCloudUp size={13} />, words: 'Saving…' };
    case 'offline':
      return trouble
        ? {
            tone: 'bad',
            icon: <IconDatabaseOff size={13} />,
            words: `Offline: ${counted(state.changes)} in this page only`,
            title: trouble,
          }
        : {
            tone: 'amber',
            icon: <IconCloudOff size={13} />,
            words: `Offline: ${counted(state.changes)} ${isWriting ? 'going onto' : 'kept on'} this computer`,
            title: state.reason,
          };
    case 'refused':
      return {
        tone: 'bad',
        icon: <IconAlertTriangle size={13} />,
        words: `Not saved: ${counted(state.changes)}`,
        title: state.reason,
      };
    case 'conflict':
      return { tone: 'bad', icon: <IconGitMerge size={13} />, words: 'Conflict' };
  }
}

function counted(changes: number): string {
  return `${changes} ${changes === 1 ? 'change' : 'changes'}`;
}
