import { IconCloudOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { getKeptAt, onConnection } from '../api/connection.ts';
import { momentInWords } from '../words/date-words.ts';
import classes from './shell.module.css';

/** Says that this computer answers in the server's place, and since when. */
export function OfflineNotice() {
  const keptAt = useSyncExternalStore(onConnection, getKeptAt);
  return (
    <div role="status">
      {keptAt === undefined ? null : (
        <p className={classes['offline']}>
          <IconCloudOff size={18} aria-hidden="true" />
          <span>
            <strong>You are offline:</strong> the server cannot be reached. This is the draft as this computer had it on{' '}
            {momentInWords(keptAt)}. What you change is kept here and saved when the server is back; cases and reports
            need the server.
          </span>
        </p>
      )}
    </div>
  );
}
