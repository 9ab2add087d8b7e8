import type { Selected } from '../selection.ts';
import type { ChartLink, ChartRow } from './chart-rows.ts';
import { type Box, linkPath } from './link-path.ts';
import { ROW_HEIGHT } from './row-measure.ts';
import { type Scale, widthOf, xOf } from './scale.ts';
import classes from './timeline.module.css';

/** Links as arrows between the bars that are seen. */
export function LinkLayer({
  links,
  rows,
  placeOf,
  scale,
  from,
  to,
  selected,
  onSelect,
}: {
  links: readonly ChartLink[];
  rows: readonly ChartRow[];
  placeOf: ReadonlyMap<string, number>;
  scale: Scale;
  from: number;
  to: number;
  selected: string | undefined;
  onSelect?: ((selected: Selected) => void) | undefined;
}) {
  const seen = links.flatMap((link) => {
    const [first, second] = [placeOf.get(link.from), placeOf.get(link.to)];
    if (first === undefined || second === undefined) return [];
    if (Math.max(first, second) < from || Math.min(first, second) > to) return [];
    const [a, b] = [boxOf(rows[first], first, scale), boxOf(rows[second], second, scale)];
    return a && b ? [{ link, path: linkPath(link.type, a, b) }] : [];
  });
  return (
    <svg className={classes['links']} width={widthOf(scale)} height={rows.length * ROW_HEIGHT} aria-hidden="true">
      <defs>
        {['plain', 'critical', 'selected'].map((kind) => (
          <marker
            key={kind}
            id={`tip-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5L7.5 4L0 7.5z" className={classes['tip']} data-kind={kind} />
          </marker>
        ))}
      </defs>
      {seen.map(({ link, path }) => {
        const kind = link.key === selected ? 'selected' : link.critical ? 'critical' : 'plain';
        return (
          <g key={link.key}>
            <path d={path} className={classes['linkHit']} onPointerDown={() => onSelect?.({ link: link.key })} />
            <path
              d={path}
              className={classes['link']}
              data-kind={kind}
              data-holds={link.holds || undefined}
              markerEnd={`url(#tip-${kind})`}
            />
          </g>
        );
      })}
    </svg>
  );
}

function boxOf(row: ChartRow | undefined, index: number, scale: Scale): Box | undefined {
  if (!row?.bar) return undefined;
  const top = index * ROW_HEIGHT + 9;
  const [left, right] = [xOf(scale, row.bar.from), xOf(scale, row.bar.to + 1)];
  if (row.type === 'task') return { left, right, top, bottom: top + 16 };
  const middle = (left + right) / 2;
  return { left: middle - 9, right: middle + 9, top: top - 1, bottom: top + 17 };
}
