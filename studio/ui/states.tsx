import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconUrgent,
} from '@tabler/icons-react';
import type { Severity } from '../../schemas/finding.ts';
import type { SlaState } from '../api/types.ts';
import { Badge, type Tone } from './badge.tsx';

const size = 13;

const slaWords: Readonly<Record<SlaState, { word: string; tone: Tone; icon: typeof IconClock }>> = {
  onTrack: { word: 'On track', tone: 'good', icon: IconClock },
  amber: { word: 'Amber', tone: 'amber', icon: IconAlertTriangle },
  exceeded: { word: 'Target exceeded', tone: 'bad', icon: IconUrgent },
};

export function SlaBadge({ state }: { state: SlaState }) {
  const { word, tone, icon: Icon } = slaWords[state];
  return (
    <Badge tone={tone} icon={<Icon size={size} />}>
      {word}
    </Badge>
  );
}

const stateWords: Readonly<Record<string, { word: string; tone: Tone; icon: typeof IconClock }>> = {
  pending: { word: 'Waiting', tone: 'neutral', icon: IconCircleDashed },
  ready: { word: 'Ready', tone: 'accent', icon: IconCircle },
  notAdded: { word: 'Not added', tone: 'neutral', icon: IconCircleDashed },
  open: { word: 'Open', tone: 'accent', icon: IconCircle },
  inProgress: { word: 'Started', tone: 'accent', icon: IconPlayerPlay },
  onHold: { word: 'On hold', tone: 'amber', icon: IconPlayerPause },
  complete: { word: 'Complete', tone: 'good', icon: IconCircleCheck },
  closed: { word: 'Closed', tone: 'good', icon: IconCircleCheck },
  bypassed: { word: 'Bypassed', tone: 'neutral', icon: IconPlayerSkipForward },
  notApplicable: { word: 'Not applicable', tone: 'neutral', icon: IconBan },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: IconBan },
};

export function toStateWord(state: string): string {
  return (
    stateWords[state]?.word ??
    state.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase())
  );
}

/** State of a case or of one of its tasks. */
export function StateBadge({ state }: { state: string }) {
  const { tone, icon: Icon } = stateWords[state] ?? { tone: 'neutral' as const, icon: IconCircle };
  return (
    <Badge tone={tone} icon={<Icon size={size} />}>
      {toStateWord(state)}
    </Badge>
  );
}

const severities: Readonly<Record<Severity, { word: string; tone: Tone; icon: typeof IconClock }>> = {
  error: { word: 'Error', tone: 'bad', icon: IconAlertOctagon },
  warning: { word: 'Warning', tone: 'amber', icon: IconAlertTriangle },
  info: { word: 'Note', tone: 'note', icon: IconInfoCircle },
};

export function SeverityBadge({ severity, count }: { severity: Severity; count?: number }) {
  const { word, tone, icon: Icon } = severities[severity];
  const text = count === undefined ? word : `${count} ${word.toLowerCase()}${count === 1 ? '' : 's'}`;
  return (
    <Badge tone={tone} icon={<Icon size={size} />}>
      {text}
    </Badge>
  );
}
