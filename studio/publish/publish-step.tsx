import { Button, Checkbox, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Finding } from '../../schemas/finding.ts';
import { ApiProblem } from '../api/client.ts';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import { Panel } from '../ui/page.tsx';
import { momentInFull } from '../words/date-words.ts';
import classes from './publish.module.css';
import type { Resolve, Review } from './queries.ts';
import { noWish, type Wish } from './use-kept.ts';
import { type PublishedAs, usePublish } from './use-publish.ts';

/** How far the draft is fit to be published. */
export interface Standing {
  errors: number;
  warnings: number;
  /** Absent until the tests have run. */
  failing: number | undefined;
  settled: boolean;
  saved: boolean;
  reviewed: boolean;
}

interface StepProps {
  review: Review;
  wish: Wish;
  onWish: (wish: Wish) => void;
  resolve: Resolve | undefined;
  selected: readonly string[];
  standing: Standing;
  onLookAgain: () => void;
  onGo: (finding: Finding) => void;
}

/** The note, when it begins, what becomes of open cases, and the deed. */
export function PublishStep({ onWish, resolve, ...props }: StepProps) {
  const publish = usePublish();
  const { review, wish, selected } = props;
  return (
    <PublishForm
      {...props}
      onWish={onWish}
      needsChoice={review.conflicts.length > 0 && resolve === undefined}
      busy={publish.isPending}
      published={publish.data}
      problem={publish.error}
      onPublish={() =>
        publish.mutate(
          { wish, digest: review.digest, resolve, selected },
          { onSuccess: () => onWish({ ...noWish, note: '' }) },
        )
      }
    />
  );
}

export interface PublishFormProps extends Omit<StepProps, 'resolve'> {
  /** A newer release changed the same places, and nobody has said whose values stand. */
  needsChoice?: boolean;
  busy?: boolean;
  published?: PublishedAs | undefined;
  problem?: Error | null;
  onPublish: () => void;
}

export function PublishForm(props: PublishFormProps) {
  const { review, wish, onWish, selected, standing, busy = false, published, problem, onPublish } = props;
  if (published) return <Done published={published} />;
  const reason = whyNot(props);
  const toRead = standing.warnings + (standing.failing ?? 0);
  return (
    <Panel title={review.needsTwoPeople ? 'Put it forward' : 'Publish it'}>
      <Stack gap="md">
        <Textarea
          label="What this release changes"
          description="Read by those who look back: what, and why."
          required
          autosize
          minRows={2}
          value={wish.note}
          onChange={(event) => onWish({ ...wish, note: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label="Begins"
          description="Empty: at once. Until then new cases follow the release before."
          value={wish.startsAt}
          onChange={(event) => onWish({ ...wish, startsAt: event.currentTarget.value })}
          maw={320}
        />
        {review.newestRelease === null || review.needsTwoPeople ? null : (
          <Radio.Group
            label="Open cases"
            value={wish.cases}
            onChange={(cases) => onWish({ ...wish, cases: cases as Wish['cases'] })}
          >
            <Radio mt="xs" value="leave" label="Leave them under the release they began with" />
            <Radio mt="xs" value="all" label="Move all that can, except those that are kept" />
            <Radio
              mt="xs"
              value="selected"
              disabled={selected.length === 0}
              label={`Move the ${selected.length} selected under “Open cases”`}
            />
          </Radio.Group>
        )}
        {toRead > 0 ? (
          <Checkbox
            label={acceptLabel(standing)}
            checked={wish.accepted}
            onChange={(event) => onWish({ ...wish, accepted: event.currentTarget.checked })}
          />
        ) : null}
        {review.needsTwoPeople ? (
          <p className={classes['plain']}>
            This organisation asks for two people: somebody else who may publish approves it under Releases. They are
            also the ones to move open cases afterwards.
          </p>
        ) : null}
        {problem ? <Trouble {...props} problem={problem} /> : null}
        <div className={classes['bar']}>
          <span className={classes['plain']} role="status">
            {reason}
          </span>
          <Button loading={busy} disabled={reason !== undefined} onClick={onPublish}>
            {review.needsTwoPeople ? 'Put forward for approval' : 'Publish'}
          </Button>
        </div>
      </Stack>
    </Panel>
  );
}

/** The first thing that stands in the way; undefined where nothing does. */
function whyNot({ review, wish, standing, selected, needsChoice = false }: PublishFormProps): string | undefined {
  const { errors, warnings, failing, settled, saved, reviewed } = standing;
  if (!reviewed || !settled || failing === undefined) return 'Still checking.';
  if (!saved) return 'Not everything is saved yet.';
  if (errors > 0) return `${errors} error${errors === 1 ? '' : 's'} must be put right first.`;
  if (needsChoice) return 'Choose under Review whose values stand.';
  if (review.newestRelease !== null && review.changes.length === 0) return 'Nothing differs from the newest release.';
  if (warnings + failing > 0 && !wish.accepted) return 'Read what was found first.';
  if (wish.note.trim() === '') return 'Say what it changes.';
  if (wish.cases === 'selected' && selected.length === 0) return 'No case is selected.';
  return undefined;
}

function acceptLabel({ warnings, failing = 0 }: Standing): string {
  const parts = [
    ...(warnings > 0 ? [`${warnings} warning${warnings === 1 ? '' : 's'}`] : []),
    ...(failing > 0 ? [`${failing} failing test${failing === 1 ? '' : 's'}`] : []),
  ];
  return `I have read the ${parts.join(' and the ')}`;
}

/** What the server refused, and the way on: nothing that was typed is lost. */
function Trouble({ problem, onLookAgain, onGo, wish, onWish }: PublishFormProps & { problem: Error }) {
  const code = problem instanceof ApiProblem ? problem.code : '';
  const body = problem instanceof ApiProblem ? problem.body : {};
  const findings = Array.isArray(body['findings']) ? (body['findings'] as Finding[]) : [];
  const later = (body['allowed'] as { startsAt?: number } | undefined)?.startsAt;
  return (
    <div className={classes['trouble']} role="alert">
      <p>{problem.message}</p>
      {findings.length > 0 ? <FindingsPanel findings={findings} onGo={onGo} /> : null}
      {code === 'DRAFT_CHANGED' || code === 'DRAFT_CONFLICTS' ? (
        <Button variant="default" onClick={onLookAgain}>
          Look at the draft as it is now
        </Button>
      ) : null}
      {code === 'RELEASE_SCHEDULED' && later !== undefined ? (
        <Button variant="default" onClick={() => onWish({ ...wish, startsAt: toLocal(later + 60) })}>
          Begin after it: {momentInFull(later + 60)}
        </Button>
      ) : null}
    </div>
  );
}

function Done({ published: { number, move, unmoved } }: { published: PublishedAs }) {
  return (
    <Panel title={number === undefined ? 'Put forward' : 'Published'}>
      <p role="status">
        {number === undefined
          ? 'It waits for somebody else who may publish. It becomes a release when they approve it.'
          : `Release ${number} is live: new cases follow it. `}
        {number === undefined
          ? ''
          : move === undefined
            ? 'Open cases keep the release they began with.'
            : 'The open cases are being moved.'}
      </p>
      {unmoved ? (
        <p className={classes['trouble']} role="alert">
          The release stands, but its cases were not moved: {unmoved} Move them under Releases.
        </p>
      ) : null}
      <Link to="/releases">See the releases</Link>
    </Panel>
  );
}

/** Local time as the field takes it. */
function toLocal(seconds: number): string {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
