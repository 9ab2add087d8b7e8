import type { Finding } from '../../schemas/finding.ts';
import { SeverityBadge } from './states.tsx';

/** How many findings of each severity there are. */
export function FindingCounts({ findings }: { findings: readonly Finding[] }) {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('info')];
  if (errors + warnings + notes === 0) return <span style={{ color: 'var(--ink-muted)' }}>None</span>;
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      {errors > 0 ? <SeverityBadge severity="error" count={errors} /> : null}
      {warnings > 0 ? <SeverityBadge severity="warning" count={warnings} /> : null}
      {notes > 0 ? <SeverityBadge severity="info" count={notes} /> : null}
    </span>
  );
}
