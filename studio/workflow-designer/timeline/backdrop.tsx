import type { ChartLine } from './chart-rows.ts';
import { type Scale, xOf } from './scale.ts';
import classes from './timeline.module.css';

/** Closed days and the lines of targets behind the bars. */
export function Backdrop({
  stretches,
  lines,
  scale,
}: {
  stretches: readonly { from: number; days: number; reason: string | null }[];
  lines: readonly ChartLine[];
  scale: Scale;
}) {
  const inside = ({ day }: ChartLine) => day >= scale.first && day <= scale.last;
  return (
    <div className={classes['backdrop']} aria-hidden="true">
      {stretches.map(({ from, days, reason }) => (
        <span
          key={from}
          className={classes['closed']}
          data-holiday={reason === null ? undefined : ''}
          title={reason ?? undefined}
          style={{ left: xOf(scale, from), width: days * scale.pixels }}
        />
      ))}
      {lines.filter(inside).map((line) => (
        <span
          key={line.id}
          className={classes['line']}
          data-kind={line.kind}
          data-missed={line.missed || undefined}
          style={{ left: xOf(scale, line.kind === 'today' ? line.day : line.day + 1) }}
        />
      ))}
    </div>
  );
}
