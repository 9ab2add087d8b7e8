import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { request } from '../api/client.ts';
import { useFindings, useOpenDraft, useSaveState } from '../document/draft-context.tsx';
import { DraftProvider } from '../document/draft-provider.tsx';
import { toEditor } from '../document-editor/document-link.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Page, Panel } from '../ui/page.tsx';
import { EffectView } from './effect-view.tsx';
import { ProposalsPanel } from './proposals-panel.tsx';
import classes from './publish.module.css';
import { PublishStep } from './publish-step.tsx';
import { effectQuery, proposalsQuery, type Resolve, reviewQuery, testsQuery } from './queries.ts';
import { ReviewDrawing } from './review-drawing.tsx';
import { ReviewStep } from './review-step.tsx';
import { isStep, nextStep, type Step, Steps } from './steps.tsx';
import { TestStep } from './test-step.tsx';
import { useKept } from './use-kept.ts';

/** Review, Test, the open cases, Publish: nothing goes live that was not looked at. */
export function PublishPage() {
  return (
    <DraftProvider>
      <Publishing />
    </DraftProvider>
  );
}

function Publishing() {
  const { step: asked } = useSearch({ strict: false });
  const step: Step = isStep(asked) ? asked : 'review';
  const navigate = useNavigate();
  const { autosave } = useOpenDraft();
  const saved = useSaveState();
  const queryClient = useQueryClient();
  const local = useFindings();
  const [resolve, setResolve] = useState<Resolve>();
  const [wish, setWish] = useKept();
  const [selected, setSelected] = useState<string[]>([]);
  const review = useQuery(reviewQuery(resolve, () => autosave.flush()));
  const digest = review.data?.digest ?? '';
  const isReviewed = review.data !== undefined && !review.isFetching;
  const tests = useQuery({ ...testsQuery(digest), enabled: isReviewed });
  const effect = useQuery({ ...effectQuery({ draft: digest }), enabled: isReviewed && step === 'cases' });
  const pin = useMutation({
    mutationFn: (options: { cases: readonly string[]; pinned: boolean }) =>
      request('/v1/moves/pins', { method: 'PUT', body: options }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['effect'] }),
  });
  const goStep = (next: Step) => void navigate({ to: '/publish', search: { step: next } });
  const onGo = ({ document, pointer }: Finding) => {
    const [kind = '', key = ''] = document.split('/');
    void navigate(toEditor(kind, key, pointer));
  };
  const lookAgain = async () => {
    setResolve(undefined);
    setSelected([]);
    await queryClient.invalidateQueries({ queryKey: ['review'] });
    goStep('review');
  };
  if (review.error)
    return (
      <Page title="Publish">
        <ErrorState
          title="The draft cannot be looked at"
          error={review.error}
          action={<Button onClick={() => void review.refetch()}>Try again</Button>}
        />
      </Page>
    );
  if (!review.data) return <Loading label="Looking at what would change" />;
  const findings = merged(local.findings, review.data.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const following = nextStep(step);
  return (
    <Page
      title="Publish"
      lead={
        review.data.newestRelease === null
          ? 'The first release: from then on cases can begin.'
          : `What becomes of release ${review.data.newestRelease}. New cases follow what you publish; open ones stay until they are moved.`
      }
    >
      <Steps
        step={step}
        onStep={goStep}
        notes={{
          review: errors > 0 ? `${errors} to put right` : warnings > 0 ? `${warnings} to read` : undefined,
          test: tests.data && tests.data.failed > 0 ? `${tests.data.failed} fail` : undefined,
          cases: selected.length > 0 ? `${selected.length} selected` : undefined,
        }}
      />
      {step === 'review' ? (
        <ReviewStep
          review={review.data}
          findings={findings}
          settled={local.settled}
          resolve={resolve}
          onResolve={setResolve}
          accepted={wish.accepted}
          onAccept={(accepted) => setWish({ ...wish, accepted })}
          onGo={onGo}
          drawing={<ReviewDrawing review={review.data} resolve={resolve} />}
        />
      ) : null}
      {step === 'test' ? <Asked of={tests} title="The tests cannot be run" waiting="Running the saved tests" /> : null}
      {step === 'test' && tests.data ? (
        <div className={classes['stack']}>
          <TestStep run={tests.data} />
        </div>
      ) : null}
      {step === 'cases' ? <Asked of={effect} title="The dry run failed" waiting="Trying it on the open cases" /> : null}
      {step === 'cases' && effect.data ? (
        <Panel title="If the open cases moved to this draft: nothing is stored">
          <EffectView
            effect={effect.data}
            selected={selected}
            onSelect={setSelected}
            busy={pin.isPending}
            onPin={(cases, pinned) => pin.mutate({ cases, pinned })}
          />
        </Panel>
      ) : null}
      {step === 'publish' ? (
        <PublishStep
          review={review.data}
          wish={wish}
          onWish={setWish}
          resolve={resolve}
          selected={selected}
          standing={{
            errors,
            warnings,
            failing: tests.data?.failed,
            settled: local.settled,
            saved: saved.at === 'saved',
            reviewed: isReviewed,
          }}
          onLookAgain={() => void lookAgain()}
          onGo={onGo}
        />
      ) : null}
      {following ? (
        <div style={{ display: 'flex', justifyContent: 'flex-end', marginTop: 'var(--space-4)' }}>
          <Button variant="default" onClick={() => goStep(following)}>
            Go on
          </Button>
        </div>
      ) : null}
      <OpenProposals />
    </Page>
  );
}

function OpenProposals() {
  const { data } = useQuery(proposalsQuery);
  const open = (data ?? []).filter(({ state }) => state === 'open');
  return open.length === 0 ? null : (
    <div style={{ marginTop: 'var(--space-5)' }}>
      <ProposalsPanel proposals={open} />
    </div>
  );
}

function Asked({
  of,
  title,
  waiting,
}: {
  of: { error: unknown; isPending: boolean; refetch: () => unknown };
  title: string;
  waiting: string;
}) {
  if (of.error)
    return (
      <ErrorState title={title} error={of.error} action={<Button onClick={() => of.refetch()}>Try again</Button>} />
    );
  return of.isPending ? <Loading label={waiting} /> : null;
}

/** Findings of the browser's checks and of the server's, each once; open cases and the directory only the server knows. */
function merged(local: readonly Finding[], server: readonly Finding[]): Finding[] {
  const name = ({ code, document, pointer }: Finding) => `${code} ${document} ${pointer}`;
  const known = new Set(local.map(name));
  return [...local, ...server.filter((finding) => !known.has(name(finding)))];
}
