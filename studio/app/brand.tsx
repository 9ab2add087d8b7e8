import classes from './brand.module.css';

export function Brand() {
  return (
    <span className={classes['brand']}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <rect width="32" height="32" rx="7" className={classes['ground']} />
        <path d="M6 9h20v5H6z" className={classes['beam']} />
        <path d="M9 16h4v8H9zm10 0h4v8h-4z" className={classes['posts']} />
      </svg>
      <span className={classes['word']}>Lintel</span>
    </span>
  );
}
