import { Checkbox, Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { ChangesView } from './changes-view.tsx';
import classes from './publish.module.css';
import type { Resolve, Review } from './queries.ts';

export interface ReviewStepProps {
  review: Review;
  findings: readonly Finding[];
  settled?: boolean;
  resolve: Resolve | undefined;
  onResolve: (resolve: Resolve) => void;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
  onGo: (finding: Finding) => void;
  /** What changes on the drawings. */
  drawing?: ReactNode;
}

/** What changes, what a newer release changed too, and what stands in the way. */
export function ReviewStep({
  review,
  findings,
  settled = true,
  resolve,
  onResolve,
  accepted,
  onAccept,
  onGo,
  drawing,
}: ReviewStepProps) {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return (
    <div className={classes['stack']}>
      {review.conflicts.length > 0 ? (
        <section className={classes['conflict']} aria-label="Changed by a newer release too">
          <Radio.Group
            label={`Release ${review.newestRelease} changed ${review.conflicts.length === 1 ? 'a place' : `${review.conflicts.length} places`} that the draft changes too: whose values stand?`}
            value={resolve ?? null}
            onChange={(value) => onResolve(value === 'theirs' ? 'theirs' : 'mine')}
          >
            <ul className={classes['sentences']}>
              {review.conflicts.map((conflict) => (
                <li key={conflict.document + conflict.pointer}>{conflict.message}</li>
              ))}
            </ul>
            <Radio value="mine" label="Those of the draft" mt="xs" />
            <Radio value="theirs" label={`Those of release ${review.newestRelease}`} mt="xs" />
          </Radio.Group>
        </section>
      ) : null}
      <Panel title={changesTitle(review)}>
        {review.newestRelease === null ? (
          <EmptyState title="Everything is new">There is no release to compare with.</EmptyState>
        ) : (
          <ChangesView changes={review.changes} />
        )}
      </Panel>
      {drawing}
      <Panel title="Findings" flush>
        <FindingsPanel findings={findings} settled={settled} onGo={onGo} />
      </Panel>
      {warnings > 0 ? (
        <Checkbox
          label={`I have read the ${warnings === 1 ? 'warning' : `${warnings} warnings`}`}
          checked={accepted}
          onChange={(event) => onAccept(event.currentTarget.checked)}
        />
      ) : null}
    </div>
  );
}

function changesTitle({ newestRelease, changes }: Review): string {
  if (newestRelease === null) return 'What changes';
  return `${changes.length} document${changes.length === 1 ? '' : 's'} differ${changes.length === 1 ? 's' : ''} from release ${newestRelease}`;
}
