import type { ReactNode } from 'react';
import classes from './page.module.css';

/** Heading, actions and body of a page. */
export function Page({
  title,
  lead,
  actions,
  children,
  wide = false,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  return (
    <div className={classes['page']} data-wide={wide || undefined}>
      <header className={classes['header']}>
        <div>
          <h1 className={classes['title']}>{title}</h1>
          {lead ? <p className={classes['lead']}>{lead}</p> : null}
        </div>
        {actions ? <div className={classes['actions']}>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A titled region on a page. */
export function Panel({
  title,
  actions,
  children,
  flush = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className={classes['panel']} aria-label={title}>
      <header className={classes['panelHeader']}>
        <h2 className={classes['panelTitle']}>{title}</h2>
        {actions}
      </header>
      <div {...(flush ? { 'data-flush': true } : { className: classes['panelBody'] })}>{children}</div>
    </section>
  );
}
