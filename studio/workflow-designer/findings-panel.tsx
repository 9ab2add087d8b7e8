import { IconCircleCheck } from '@tabler/icons-react';
import type { Finding } from '../../schemas/finding.ts';
import { SeverityBadge } from '../ui/states.tsx';
import classes from './findings-panel.module.css';

/** Findings with their sentence; choosing one goes to its place. */
export function FindingsPanel({ findings, onGo }: { findings: readonly Finding[]; onGo: (finding: Finding) => void }) {
  if (findings.length === 0) {
    return (
      <p className={classes['clean']}>
        <IconCircleCheck size={16} aria-hidden="true" /> No findings: this can be published.
      </p>
    );
  }
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return (
    <ul className={classes['list']}>
      {sorted.map((finding) => (
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
