/** How long a planner's working day, week and month are, in working minutes. */
export interface SpanLengths {
  readonly minutesPerDay: number;
  readonly minutesPerWeek: number;
  readonly minutesPerMonth: number;
}

/** A length of time as a planner writes it: working minutes, or calendar minutes where `elapsed`, or a share of the predecessor. */
export interface Span {
  readonly minutes: number;
  readonly elapsed: boolean;
  readonly percent?: number;
}

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

const units: Readonly<Record<string, Unit>> = {
  m: 'minute',
  min: 'minute',
  mins: 'minute',
  minute: 'minute',
  minutes: 'minute',
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  hour: 'hour',
  hours: 'hour',
  d: 'day',
  dy: 'day',
  day: 'day',
  days: 'day',
  w: 'week',
  wk: 'week',
  wks: 'week',
  week: 'week',
  weeks: 'week',
  mo: 'month',
  mon: 'month',
  mons: 'month',
  month: 'month',
  months: 'month',
};

/** Reads `3d`, `-2 hrs`, `1.5w`, `4ed` (elapsed) or `50%`; a number alone is days. Undefined when it is none of these. */
export function readSpan(text: string, lengths: SpanLengths): Span | undefined {
  const match = /^([+-]?)\s*(\d+(?:[.,]\d+)?)\s*([a-z%]*)\??$/i.exec(text.trim());
  if (match === null) return undefined;
  const value = Number((match[2] ?? '').replace(',', '.')) * (match[1] === '-' ? -1 : 1);
  const word = (match[3] ?? '').toLowerCase();
  if (word === '%') return { minutes: 0, elapsed: false, percent: value };
  const plain = word === '' ? 'day' : units[word];
  if (plain !== undefined) return { minutes: Math.round(value * workingMinutes(plain, lengths)), elapsed: false };
  const elapsed = word.startsWith('e') ? units[word.slice(1)] : undefined;
  return elapsed === undefined ? undefined : { minutes: Math.round(value * calendarMinutes[elapsed]), elapsed: true };
}

const calendarMinutes: Readonly<Record<Unit, number>> = { minute: 1, hour: 60, day: 1440, week: 10_080, month: 43_200 };

function workingMinutes(unit: Unit, lengths: SpanLengths): number {
  switch (unit) {
    case 'minute':
      return 1;
    case 'hour':
      return 60;
    case 'day':
      return lengths.minutesPerDay;
    case 'week':
      return lengths.minutesPerWeek;
    case 'month':
      return lengths.minutesPerMonth;
  }
}
