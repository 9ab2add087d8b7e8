import { useId } from 'react';
import classes from './stacked-bars.module.css';

export type BarTone = 'good' | 'bad' | 'amber' | 'neutral';

export interface StackedRow {
  key: string;
  label: string;
  /** Shown at the end of the bar. */
  figure: string;
  parts: readonly { name: string; tone: BarTone; n: number }[];
}

/** Bars of parts, drawn to one scale; each part has a tone and a pattern, and its numbers are read out. */
export function StackedBars({ title, rows }: { title: string; rows: readonly StackedRow[] }) {
  const id = useId();
  const most = Math.max(1, ...rows.map(({ parts }) => total(parts)));
  const legend = rows[0]?.parts ?? [];
  return (
    <figure className={classes['chart']}>
      <figcaption className={classes['caption']}>
        <strong>{title}</strong>
        {legend.map(({ name, tone }) => (
          <span key={name} className={classes['legend']}>
            <svg width="14" height="14" aria-hidden="true">
              <Patterns id={`${id}-${name}`} />
              <Part x="0" width="14" tone={tone} id={`${id}-${name}`} />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      {rows.map(({ key, label, figure, parts }) => (
        <div key={key} className={classes['row']}>
          <span className={classes['label']}>{label}</span>
          <svg width="100%" height="14" role="img" aria-label={`${label}: ${inWords(parts)}`}>
            <Patterns id={`${id}-${key}`} />
            {parts.map(({ name, tone, n }, index) => (
              <Part
                key={name}
                x={`${(total(parts.slice(0, index)) / most) * 100}%`}
                width={`${(n / most) * 100}%`}
                tone={tone}
                id={`${id}-${key}`}
              />
            ))}
          </svg>
          <span className={classes['figure']}>{figure}</span>
        </div>
      ))}
    </figure>
  );
}

function Part({ x, width, tone, id }: { x: string; width: string; tone: BarTone; id: string }) {
  return (
    <>
      <rect x={x} y="0" width={width} height="14" data-tone={tone} className={classes['part']} />
      {tone === 'bad' || tone === 'amber' ? (
        <rect x={x} y="0" width={width} height="14" fill={`url(#${id}-${tone})`} />
      ) : null}
    </>
  );
}

/** Stripes and dots, so that no part is told by colour alone. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-bad`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="6" className={classes['ink']} />
      </pattern>
      <pattern id={`${id}-amber`} width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2" cy="2" r="1.1" className={classes['ink']} />
      </pattern>
    </defs>
  );
}

function total(parts: readonly { n: number }[]): number {
  return parts.reduce((sum, { n }) => sum + n, 0);
}

function inWords(parts: StackedRow['parts']): string {
  return parts.map(({ name, n }) => `${n} ${name.toLowerCase()}`).join(', ');
}
