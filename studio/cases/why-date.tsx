import { VisuallyHidden } from '@mantine/core';
import type { CasePage } from '../api/types.ts';
import classes from './case-view.module.css';

/** How the dates of a case, a task or a statutory clock follow, in words, to be opened where somebody asks. */
export function WhyDate({ page, item, of }: { page: CasePage; item: string; of: string }) {
  const { explanations = {} } = page;
  const clocks = Object.entries((Object.hasOwn(explanations, item) && explanations[item]) || {});
  if (clocks.length === 0) return null;
  return (
    <details className={classes['why']}>
      <summary>
        Why this date?<VisuallyHidden> {of}</VisuallyHidden>
      </summary>
      <ul>
        {clocks.map(([name, text]) => (
          <li key={name}>{clocks.length > 1 ? `${nameInWords(name)}: ${text}` : text}</li>
        ))}
      </ul>
    </details>
  );
}

/** `firstContact` as people read it. */
function nameInWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
