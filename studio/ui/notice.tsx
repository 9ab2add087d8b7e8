import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes['state']}>
      <IconInbox size={28} stroke={1.4} aria-hidden="true" />
      <p className={classes['title']}>{title}</p>
      {children ? <p className={classes['text']}>{children}</p> : null}
      {action}
    </div>
  );
}

/** What went wrong and what puts it right. */
export function ErrorState({ title, error, action }: { title: string; error: unknown; action?: ReactNode }) {
  return (
    <div className={classes['state']} role="alert" data-tone="bad">
      <IconAlertTriangle size={28} stroke={1.4} aria-hidden="true" />
      <p className={classes['title']}>{title}</p>
      <p className={classes['text']}>{error instanceof Error ? error.message : String(error)}</p>
      {action}
    </div>
  );
}

/** Grey lines where content will be. */
export function Loading({ label = 'Loading' }: { label?: string }) {
  return (
    <div className={classes['loading']} role="status">
      <span className="visually-hidden">{label}</span>
      <span />
      <span />
      <span />
    </div>
  );
}
