import type { LadderDocument } from '../../../../schemas/ladder.ts';
import type { StatutoryClock } from '../../../../schemas/workflow.ts';

interface ClockWords {
  readonly title: string;
  /** Only where it differs from what follows from `mustContain`. */
  readonly endIs?: NonNullable<StatutoryClock['endIs']>;
  /** A right that runs out concerns the owner alone. */
  readonly ladder?: string;
}

/** What the pack's clocks are called and what their end is; the pack says only what follows from it. */
const clockWords: Readonly<Record<string, ClockWords>> = {
  'HP-DUTY': { title: 'Prevention duty, 56 days' },
  'HP-REVIEW': { title: 'Right to ask for a review, 21 days', ladder: 'L-WINDOW' },
  'HR-RELIEF': { title: 'Relief duty, 56 days' },
  'HR-BB': { title: 'Families in bed and breakfast, 6 weeks', endIs: 'breach' },
  'RG-REVIEW': { title: 'Right to ask for a review, 21 days', ladder: 'L-WINDOW' },
  'MX-42': { title: 'Mutual exchange decision, 42 days' },
  'DF-6M': { title: 'Facilities grant decision, 6 months' },
  'HZ-INV': { title: 'Investigation, 10 working days' },
  'HZ-SUM': { title: 'Written summary, 3 working days' },
  'HZ-SAFE': { title: 'Safety works, 5 working days' },
  'HZ-12W': { title: 'Further works begun, 12 weeks', endIs: 'breach' },
  'RV-8W': { title: 'Review decision, 8 weeks' },
  'RV-3W': { title: 'Review decision, 3 weeks', endIs: 'breach' },
};

/** Title, ending and ladder of a clock of the pack. */
export function wordsOfClock(key: string, ladder: string): Pick<StatutoryClock, 'title' | 'endIs' | 'ladder'> {
  const { title, endIs, ladder: own } = clockWords[key] ?? {};
  return { ...(title ? { title } : {}), ...(endIs ? { endIs } : {}), ladder: own ?? ladder };
}

/** The ladder of a right that runs out: a word to the owner before, one when it has. */
export function windowLadder(): LadderDocument {
  const rung = (order: number, template: string, offset?: number) => ({
    order,
    trigger: {
      on: 'clockEnd' as const,
      ...(offset === undefined ? {} : { offset: { value: offset, unit: 'calendarDays' as const } }),
    },
    to: ['caseOwner'],
    channels: ['inApp' as const],
    template,
    actions: [],
  });
  return {
    kind: 'ladder',
    format: 1,
    key: 'L-WINDOW',
    title: 'Right that runs out',
    subject: 'clock',
    calendar: 'england-and-wales',
    rungs: { 'window-3': rung(0, 'statutory-3', -3), 'window-end': rung(1, 'statutory-lapsed') },
    ack: { holdFor: { value: 8, unit: 'hours' } },
    fallback: ['role:TL'],
  };
}
