import { IconCircleCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Finding } from '../../schemas/finding.ts';

import classes from './findings-panel.module.css';
import { SeverityBadge } from './states.tsx';
import { useFocusKept } from './use-focus-kept.ts';
import { ListSpacer, useWindow } from './window.tsx';

interface FindingsProps {
  findings: readonly Finding[];
  onGo: (finding: Finding) => void;
  /** Puts a finding right that has a mechanical fix. */
  onFix?: (finding: Finding) => void;
  /** Shows the counterexample of a finding that has one. */
  onPlay?: (finding: Finding) => void;
}

interface PanelProps extends FindingsProps {
  settled?: boolean | undefined;
  /** The checks broke down: then no finding means nothing. */
  hasFailed?: boolean | undefined;
}

/** Findings with their sentence, those that matter for publishing first; choosing one goes to its place. */
export function FindingsPanel({ findings, settled = true, hasFailed = false, onGo, ...others }: PanelProps) {
  const { serious, notes } = partFindings(findings);
  const panel = useRef<HTMLDivElement>(null);
  useFocusKept(panel);
  return (
    <div className={classes['panel']} ref={panel}>
      {serious.length === 0 ? (
        <p className={classes['clean']} data-settled={settled} tabIndex={-1}>
          {hasFailed ? (
            'The checks broke down here, so nothing is known of the newest changes. Publishing checks them again.'
          ) : settled ? (
            <>
              <IconCircleCheck size={16} aria-hidden="true" /> No errors and no warnings: this can be published.
            </>
          ) : (
            'Checking…'
          )}
        </p>
      ) : (
        <FindingList findings={serious} onGo={onGo} {...others} />
      )}
      {notes.length > 0 ? (
        <details className={classes['notes']}>
          <summary>
            {notes.length} note{notes.length === 1 ? '' : 's'} that do not hold up a release
          </summary>
          <FindingList findings={notes} onGo={onGo} {...others} />
        </details>
      ) : null}
    </div>
  );
}

/** Errors, then warnings; and apart from them the notes. */
export function partFindings(findings: readonly Finding[]): { serious: Finding[]; notes: Finding[] } {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity);
  return { serious: [...of('error'), ...of('warning')], notes: of('info') };
}

function FindingList({ findings, onGo, onFix, onPlay }: FindingsProps) {
  const { body, from, to, before, after } = useWindow<HTMLUListElement>(findings.length);
  return (
    <ul className={classes['list']} ref={body}>
      <ListSpacer height={before} />
      {findings.slice(from, to).map((finding) => (
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
          {finding.fix && onFix ? (
            <button type="button" className={classes['fix']} onClick={() => onFix(finding)}>
              Put right<span className="visually-hidden">: {finding.message}</span>
            </button>
          ) : null}
          {finding.counterexample && onPlay ? (
            <button type="button" className={classes['fix']} onClick={() => onPlay(finding)}>
              Play the counterexample<span className="visually-hidden">: {finding.message}</span>
            </button>
          ) : null}
        </li>
      ))}
      <ListSpacer height={after} />
    </ul>
  );
}
