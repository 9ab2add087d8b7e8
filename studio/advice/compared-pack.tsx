import type { Configuration } from '../../schemas/configuration.ts';
import classes from './advice-preview.module.css';
import type { PackDifference } from './compare.ts';

/** What these answers bring now and did not, or no longer bring. */
export function ComparedPack({
  difference: { gained, lost, reworded },
  before,
  after,
}: {
  difference: PackDifference;
  before: Configuration | undefined;
  after: Configuration;
}) {
  const name = (key: string, of: Configuration | undefined) => `${of?.advice[key]?.title ?? key} (${key})`;
  const parts = [
    ...gained.map((key) => `New: ${name(key, after)}`),
    ...lost.map((key) => `Gone: ${name(key, before)}`),
    ...reworded.map((key) => `Reworded: ${name(key, after)}`),
  ];
  return (
    <section className={classes['compared']} aria-label="Difference">
      {parts.length === 0 ? (
        'These answers bring the same pack in both.'
      ) : (
        <>
          These answers bring {parts.length} {parts.length === 1 ? 'difference' : 'differences'}:
          <ul>
            {parts.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
