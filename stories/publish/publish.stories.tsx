import type { Meta, StoryObj } from '@storybook/react-vite';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import type { Configuration } from '../../schemas/configuration.ts';
import { ApiProblem } from '../../studio/api/client.ts';
import DrawnChanges from '../../studio/publish/drawn-changes.tsx';
import { EffectView } from '../../studio/publish/effect-view.tsx';
import { ProposalsPanel } from '../../studio/publish/proposals-panel.tsx';
import { PublishForm, type PublishFormProps } from '../../studio/publish/publish-step.tsx';
import type { Effect, Proposal, Review, TestRun } from '../../studio/publish/queries.ts';
import { ReleaseTable } from '../../studio/publish/release-table.tsx';
import { ReviewStep } from '../../studio/publish/review-step.tsx';
import { Steps } from '../../studio/publish/steps.tsx';
import { TestStep } from '../../studio/publish/test-step.tsx';
import { noWish } from '../../studio/publish/use-kept.ts';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const nothing = () => {};
const meta = {
  title: 'publish/Publish',
  decorators: [
    (Story) => (
      <WithRouter>
        <main style={{ padding: 16 }}>
          <h1>Publish</h1>
          <h2>A step</h2>
          <Story />
        </main>
      </WithRouter>
    ),
  ],
} satisfies Meta;
export default meta;
type Story = StoryObj;

const review: Review = {
  baseRelease: 3,
  newestRelease: 3,
  digest: 'd',
  needsTwoPeople: false,
  changes: [
    {
      document: 'workflow/HP',
      title: 'Homelessness prevention',
      change: 'changed',
      sentences: ['HP12 now starts 35 days after HP03, was 42.', 'HP14 (Check the rent account) is new.'],
      parts: [
        { pointer: '/links/HP03-HP12/lag/value', from: 42, to: 35 },
        { pointer: '/nodes/HP14', to: { type: 'task' } },
        { pointer: '/links/HP03-HP09', from: { from: 'HP03' } },
      ],
    },
    {
      document: 'advice/HP9',
      title: 'Your rent account',
      change: 'removed',
      sentences: ['advice HP9 (Your rent account) is gone.'],
      parts: [],
    },
  ],
  conflicts: [],
  findings: [],
};
const warning = {
  code: 'OPTION_REMOVED',
  severity: 'warning' as const,
  document: 'form/HP',
  pointer: '/questions/stay/options/friends',
  values: {},
  message: 'The option “Staying with friends” goes while 4 open cases hold it: put it back or move those cases later.',
};
const reviewing = { review, findings: [], resolve: undefined, accepted: false };
const steps = { onResolve: nothing, onAccept: nothing, onGo: nothing };

function Waiting() {
  const client = useQueryClient();
  client.setQueryData(['directory'], { users: { robin: { name: 'Robin Lee', teams: [], active: true } } });
  client.setQueryData(['proposals', 'p1', 'changes'], review.changes);
  const proposal: Proposal = {
    id: 'p1',
    state: 'open',
    author: 'robin',
    note: 'From the test site: a shorter wait',
    createdAt: 1_799_000_000,
    startsAt: null,
    decidedBy: null,
    release: null,
    restores: null,
    digest: 'promoted:d',
    isFromElsewhere: true,
  };
  const restoring = { ...proposal, id: 'p2', note: 'Back to before', restores: 2, isFromElsewhere: false };
  return <ProposalsPanel proposals={[proposal, restoring]} onCompare={nothing} />;
}

/** What was promoted from elsewhere is looked at here and approved there; a restore is approved here. */
export const PromotedWaits: Story = {
  render: () => <Waiting />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByText('See what it changes', { selector: 'summary' }));
    await canvas.findByText('HP12 now starts 35 days after HP03, was 42.');
    await expect(canvas.getAllByRole('button', { name: 'Approve and publish' })).toHaveLength(1);
    await expect(canvas.getByText(/It comes from another place/)).toBeVisible();
  },
};

export const Reviewed: Story = {
  render: () => (
    <>
      <Steps step="review" onStep={nothing} notes={{ review: '1 to read', test: '1 fail' }} />
      <ReviewStep {...reviewing} {...steps} findings={[warning]} />
    </>
  ),
};
export const ChangedByANewerRelease: Story = {
  render: () => (
    <ReviewStep
      {...reviewing}
      {...steps}
      review={{
        ...review,
        conflicts: [
          { document: 'task/HP03', pointer: '/title', message: 'The title of HP03 is “A” here and “B” there.' },
        ],
      }}
    />
  ),
};

/** The drawing with a node that is new, one that is gone, another lag and another target. */
function redrawn(): Configuration {
  const copy = structuredClone(housing);
  const { HP } = copy.workflow;
  if (!HP) throw new Error('HP is in the shipped configuration');
  const { HP13: _, ...nodes } = HP.nodes;
  const links = Object.fromEntries(
    Object.entries(HP.links)
      .filter(([, { from, to }]) => from !== 'HP13' && to !== 'HP13')
      .map(([key, link]) => [
        key,
        key === 'HP03-HP12' && link.lag ? { ...link, lag: { ...link.lag, value: 35 } } : link,
      ]),
  );
  return {
    ...copy,
    workflow: {
      ...copy.workflow,
      HP: {
        ...HP,
        nodes: { ...nodes, advised: { order: 90, type: 'milestone', stage: 'advised', title: 'Advised in writing' } },
        links: { ...links, 'HP02-advised': { order: 91, from: 'HP02', to: 'advised', type: 'FS' } },
      },
    },
  };
}
export const OnTheDrawing: Story = {
  render: () => <DrawnChanges before={housing} after={redrawn()} />,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Side by side'));
    await userEvent.click(canvas.getByRole('button', { name: /advised Advised/ }));
  },
};

const covered = { covered: 18, total: 20, missing: ['HP/HP08', 'HP/HP09'] };
const run: TestRun = {
  passed: 1,
  failed: 1,
  results: [
    { key: 'HP-01', title: 'A family with a section 21 notice', workflow: 'HP', passed: true, failures: [] },
    {
      key: 'HP-02',
      title: 'A lodger',
      workflow: 'HP',
      passed: false,
      failures: ['"HP9" was expected but is not advised'],
    },
  ],
  coverage: {
    nodes: covered,
    links: covered,
    branches: { covered: 0, total: 0, missing: [] },
    rungs: covered,
    statements: covered,
    rules: covered,
    options: covered,
  },
};
export const Tested: Story = { render: () => <TestStep run={run} /> };

const effect: Effect = {
  openCases: 12,
  unchanged: 10,
  cannotMove: 1,
  pinned: 1,
  cases: [
    {
      id: 'a',
      reference: 'HP-7K2M-AAAA',
      workflow: 'HP',
      release: 3,
      isPinned: true,
      blocks: [],
      added: ['HP14'],
      orphaned: [],
      dates: [{ of: 'task:HP12', which: 'start', from: 1_800_000_000, to: 1_799_400_000 }],
      statements: { gained: ['HP3'], lost: [] },
      messages: [],
    },
    {
      id: 'b',
      reference: 'HP-7K2M-BBBB',
      workflow: 'HP',
      release: 2,
      isPinned: false,
      blocks: [
        {
          code: 'TASK_ORPHANED',
          what: 'HP09',
          reason: 'HP09 is being worked and is not drawn any more. Complete or cancel it first.',
        },
      ],
      added: [],
      orphaned: ['HP09'],
      dates: [],
      statements: { gained: [], lost: [] },
      messages: [],
    },
  ],
};
function Cases() {
  const [selected, setSelected] = useState<string[]>(['a']);
  return <EffectView effect={effect} selected={selected} onSelect={setSelected} onPin={nothing} />;
}
export const OpenCases: Story = { render: () => <Cases /> };

function Form(props: Partial<PublishFormProps>) {
  const [wish, setWish] = useState({ ...noWish, note: 'HP12 a week earlier' });
  return (
    <PublishForm
      review={review}
      wish={wish}
      onWish={setWish}
      selected={['a']}
      standing={{ errors: 0, warnings: 1, failing: 1, settled: true, saved: true, reviewed: true }}
      onLookAgain={nothing}
      onGo={nothing}
      onPublish={nothing}
      {...props}
    />
  );
}
export const Note: Story = { render: () => <Form /> };
export const TwoPeople: Story = { render: () => <Form review={{ ...review, needsTwoPeople: true }} /> };
export const Raced: Story = {
  render: () => (
    <Form
      problem={new ApiProblem(409, { code: 'DRAFT_CHANGED', detail: 'The draft changed since you looked at it.' })}
    />
  ),
};
export const Published: Story = { render: () => <Form published={{ number: 4, move: 'm' }} /> };
export const Releases: Story = {
  render: () => (
    <ReleaseTable
      releases={[
        {
          number: 2,
          digest: 'a'.repeat(64),
          note: 'Back',
          author: 'amira',
          approver: 'ben',
          publishedAt: 1_800_000_000,
          startsAt: 1_800_086_400,
          origin: 'rollback:1',
        },
        { number: 1, digest: 'a'.repeat(64), note: 'First', author: 'amira', publishedAt: 1_799_000_000 },
      ]}
      nameOf={(user) => user}
      onCompare={nothing}
      onRestore={nothing}
    />
  ),
};
