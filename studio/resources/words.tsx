import {
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockX,
  IconDoorExit,
  IconHandStop,
  IconMailForward,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { InterestSummary, OfferSummary, ResourceLife, ResourceSummary } from '../../schemas/resource-api.ts';
import type { Charge } from '../../schemas/settings.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { dateInWords } from '../words/date-words.ts';

type Look = { word: string; tone: Tone; icon: typeof IconCircle };

const lives: Readonly<Record<ResourceLife, Look>> = {
  planned: { word: 'Not ready', tone: 'amber', icon: IconCircleDashed },
  ready: { word: 'Ready', tone: 'good', icon: IconCircleCheck },
  delivering: { word: 'Being delivered', tone: 'accent', icon: IconPlayerPlay },
  ended: { word: 'Ended', tone: 'neutral', icon: IconBan },
};

const interests: Readonly<Record<InterestSummary['state'], Look>> = {
  open: { word: 'Open', tone: 'accent', icon: IconCircle },
  offered: { word: 'Offered', tone: 'note', icon: IconMailForward },
  secured: { word: 'Place secured', tone: 'good', icon: IconCircleCheck },
  allocated: { word: 'Allocated', tone: 'good', icon: IconCircleCheck },
  refused: { word: 'Refused', tone: 'neutral', icon: IconHandStop },
  withdrawn: { word: 'Withdrawn', tone: 'neutral', icon: IconBan },
  ended: { word: 'Ended', tone: 'neutral', icon: IconDoorExit },
};

const offers: Readonly<Record<OfferSummary['state'], Look>> = {
  open: { word: 'Waits for an answer', tone: 'accent', icon: IconMailForward },
  expired: { word: 'Expired', tone: 'neutral', icon: IconClockX },
  refused: { word: 'Refused', tone: 'neutral', icon: IconHandStop },
  withdrawn: { word: 'Withdrawn', tone: 'neutral', icon: IconBan },
  secured: { word: 'Place secured', tone: 'good', icon: IconCircleCheck },
  released: { word: 'Given up', tone: 'neutral', icon: IconDoorExit },
  allocated: { word: 'Allocated', tone: 'good', icon: IconCircleCheck },
  ended: { word: 'Ended', tone: 'neutral', icon: IconDoorExit },
};

function LookBadge({ look: { word, tone, icon: Icon } }: { look: Look }) {
  return (
    <Badge tone={tone} icon={<Icon size={13} />}>
      {word}
    </Badge>
  );
}

export const LifeBadge = ({ life }: { life: ResourceLife }) => <LookBadge look={lives[life]} />;
export const InterestBadge = ({ state }: { state: InterestSummary['state'] }) => <LookBadge look={interests[state]} />;
export const OfferBadge = ({ state }: { state: OfferSummary['state'] }) => <LookBadge look={offers[state]} />;

export const lifeChoices = Object.entries(lives).map(([value, { word }]) => ({ value, label: word }));

const periods = { once: 'once', week: 'a week', month: 'a month', year: 'a year' } as const;

/** `£14.50 a week, part of the rent`. */
export function chargeWords(charge: Charge | null): string {
  if (!charge) return 'No charge';
  const amount = `£${(charge.amount / 100).toFixed(2)} ${periods[charge.period]}`;
  return `${amount}, ${charge.partOfRent ? 'part of the rent' : 'not part of the rent'}`;
}

/** Dates of a resource: a course has both, a continuing service may have none. */
export function resourceDates({ startsOn, endsOn }: Pick<ResourceSummary, 'startsOn' | 'endsOn'>): string {
  if (startsOn && endsOn) return `${dateInWords(startsOn)} to ${dateInWords(endsOn)}`;
  return startsOn ? `from ${dateInWords(startsOn)}` : 'continuing';
}

/** `3 of 12 taken`. */
export function placesWords({ capacity, taken }: Pick<ResourceSummary, 'capacity' | 'taken'>): string {
  return capacity === null ? `${taken} taken, no limit` : `${taken} of ${capacity} taken`;
}
