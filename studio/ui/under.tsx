import type { ReactNode } from 'react';
import classes from './under.module.css';

/** Fields that belong to the choice above them, side by side where there is room. */
export function Under({ children }: { children: ReactNode }) {
  return <div className={classes['under']}>{children}</div>;
}
