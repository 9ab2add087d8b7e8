import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { Badge } from '../../studio/ui/badge.tsx';
import { EmptyState, ErrorState, Loading } from '../../studio/ui/notice.tsx';
import { SeverityBadge, SlaBadge, StateBadge } from '../../studio/ui/states.tsx';

const meta = { title: 'ui/States' } satisfies Meta;
export default meta;

const row = { display: 'flex', flexWrap: 'wrap', gap: 8, padding: 20, background: 'var(--surface)' } as const;
const lives = [
  'pending',
  'notAdded',
  'ready',
  'inProgress',
  'onHold',
  'complete',
  'bypassed',
  'notApplicable',
  'cancelled',
  'open',
  'closed',
];

/** Every meaning has a colour, an icon and a word. */
export const Badges: StoryObj = {
  render: () => (
    <div style={row}>
      {lives.map((state) => (
        <StateBadge key={state} state={state} />
      ))}
      <SlaBadge state="onTrack" />
      <SlaBadge state="amber" />
      <SlaBadge state="exceeded" />
      <SeverityBadge severity="error" count={2} />
      <SeverityBadge severity="warning" />
      <SeverityBadge severity="info" count={1} />
      <Badge>sample</Badge>
      <Badge tone="critical">Critical</Badge>
    </div>
  ),
};

export const Empty: StoryObj = {
  render: () => <EmptyState title="No workflow yet">Add the first workflow to begin.</EmptyState>,
};
export const Failed: StoryObj = {
  render: () => (
    <ErrorState
      title="This page cannot be shown"
      error={new Error('The server cannot be reached. Nothing is lost: try again.')}
    />
  ),
};
export const Waiting: StoryObj = { render: () => <Loading /> };
