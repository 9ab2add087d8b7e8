import { IconCircleCheck } from '@tabler/icons-react';
import type { Finding } from '../../schemas/finding.ts';
import { SeverityBadge } from '../ui/states.tsx';
import classes from './findings-panel.module.css';

interface FindingsProps {
  findings: readonly Finding[];
  onGo: (finding: Finding) => void;
}

/** Findings with their sentence, those that matter for publishing first; choosing one goes to its place. */
export function FindingsPanel({ findings, settled = true, onGo }: FindingsProps & { settled?: boolean }) {
  const { serious, notes } = partFindings(findings);
  return (
    <>
      {serious.length === 0 ? (
        <p className={classes['clean']} data-settled={settled}>
          {settled ? (
            <>
              <IconCircleCheck size={16} aria-hidden="true" /> No errors and no warnings: this can be published.
            </>
          ) : (
            'Checking…'
          )}
        </p>
      ) : (
        <FindingList findings={serious} onGo={onGo} />
      )}
      {notes.length > 0 ? (
        <details className={classes['notes']}>
          <summary>
            {notes.length} note{notes.length === 1 ? '' : 's'} that do not hold up a release
          </summary>
          <FindingList findings={notes} onGo={onGo} />
        </details>
      ) : null}
    </>
  );
}

/** Errors, then warnings; and apart from them the notes. */
export function partFindings(findings: readonly Finding[]): { serious: Finding[]; notes: Finding[] } {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity);
  return { serious: [...of('error'), ...of('warning')], notes: of('info') };
}

function FindingList({ findings, onGo }: FindingsProps) {
  return (
    <ul className={classes['list']}>
      {findings.map((finding) => (
        <li key={`${finding.severity} ${finding.code} ${finding.document} ${finding.pointer} ${finding.message}`}>
          <button type="button" className={classes['finding']} onClick={() => onGo(finding)}>
            <SeverityBadge severity={finding.severity} />
            <span className={classes['text']}>
              {finding.message}
              <span className={classes['code']}>
                {finding.code} · {finding.document}
                {finding.pointer}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
