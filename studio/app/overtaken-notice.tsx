import { Button } from '@mantine/core';
import { IconUserExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { getOvertaken, onOvertaken } from '../api/person.ts';
import { meQuery } from '../api/queries.ts';
import classes from './shell.module.css';

const LOOK_AGAIN_MS = 5000;

/** Says that somebody else is signed in in this browser: nothing is done from this page until its person is back or it is given up. */
export function OvertakenNotice() {
  const overtaken = useSyncExternalStore(onOvertaken, getOvertaken);
  const { data: me, refetch } = useQuery({ ...meQuery, refetchInterval: overtaken ? LOOK_AGAIN_MS : false });
  const isNameless = overtaken !== undefined && overtaken.by === undefined;
  useEffect(() => {
    if (isNameless) void refetch();
  }, [isNameless, refetch]);
  const { by = 'Somebody else' } = overtaken ?? {};
  return (
    <div role="alert">
      {overtaken && me ? (
        <div className={classes['offline']}>
          <IconUserExclamation size={18} aria-hidden="true" />
          <span>
            <strong>{by} is signed in in this browser now.</strong> This page is still for {me.user.name}: nothing is
            done or loaded from it, and what is written here stays. To go on as {me.user.name}, sign in again in another
            tab. Going on as {overtaken.by ?? 'the other person'} opens the page anew; unsaved changes of the draft wait
            for {me.user.name} on this computer.
          </span>
          <Button variant="default" size="xs" flex="none" onClick={() => location.reload()}>
            Go on as {overtaken.by ?? 'the other person'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
