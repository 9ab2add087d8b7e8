import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './panels.module.css';

/** Something to know before changing what stands below: it reaches further than this page. */
export function WideNote({ children }: { children: ReactNode }) {
  return (
    <div className={classes['wide']}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}
