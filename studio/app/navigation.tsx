import { Link } from '@tanstack/react-router';
import { navigation } from './areas.ts';
import classes from './shell.module.css';

/** Links to every maintenance area, in the groups people meet them. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  return (
    <>
      {navigation.map((group) => (
        <div key={group.title} className={classes['group']}>
          <h2 className={classes['groupTitle']}>{group.title}</h2>
          <ul>
            {group.links.map(({ to, title, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={classes['link'] ?? ''}
                  activeProps={{ 'aria-current': 'page' }}
                  {...(onGo ? { onClick: onGo } : {})}
                >
                  <Icon size={16} stroke={1.7} aria-hidden="true" />
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
