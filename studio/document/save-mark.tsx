import { IconCloudCheck, IconCloudOff, IconCloudUp, IconGitMerge } from '@tabler/icons-react';
import { Badge } from '../ui/badge.tsx';
import { useSaveState } from './draft-context.tsx';

/** Where the last change is: on its way, on the server, or still here. */
export function SaveMark() {
  const state = useSaveState();
  switch (state.at) {
    case 'saved':
      return <Badge icon={<IconCloudCheck size={13} />}>Saved</Badge>;
    case 'saving':
      return <Badge icon={<IconCloudUp size={13} />}>Saving…</Badge>;
    case 'offline':
      return (
        <Badge tone="amber" icon={<IconCloudOff size={13} />} title={state.reason}>
          Not saved yet
        </Badge>
      );
    case 'conflict':
      return (
        <Badge tone="bad" icon={<IconGitMerge size={13} />}>
          Conflict
        </Badge>
      );
  }
}
