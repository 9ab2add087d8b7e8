import type { Period, PeriodUnit } from '../../../schemas/period.ts';
import type { Lag } from '../../../schemas/workflow.ts';

interface LagUnit {
  /** How it is written back. */
  readonly token: string;
  readonly unit: PeriodUnit;
  readonly basis: Lag['basis'];
  readonly aliases: readonly string[];
}

/** Every unit of a lag with its basis (S3). The plain tokens are the usual basis of their unit: open time for minutes, hours and working days, calendar time for the rest. */
export const lagUnits: readonly LagUnit[] = [
  { token: 'm', unit: 'minutes', basis: 'working', aliases: ['min', 'mins', 'minute', 'minutes'] },
  { token: 'h', unit: 'hours', basis: 'working', aliases: ['hr', 'hrs', 'hour', 'hours'] },
  { token: 'wd', unit: 'workingDays', basis: 'working', aliases: ['workday', 'workdays', 'workingday', 'workingdays'] },
  {
    token: 'd',
    unit: 'calendarDays',
    basis: 'elapsed',
    aliases: ['cd', 'ed', 'day', 'days', 'eday', 'edays', 'calendarday', 'calendardays'],
  },
  {
    token: 'w',
    unit: 'weeks',
    basis: 'elapsed',
    aliases: ['wk', 'wks', 'week', 'weeks', 'ew', 'ewk', 'eweek', 'eweeks'],
  },
  {
    token: 'mo',
    unit: 'months',
    basis: 'elapsed',
    aliases: ['mon', 'mons', 'month', 'months', 'emo', 'emon', 'emonths'],
  },
  { token: 'em', unit: 'minutes', basis: 'elapsed', aliases: ['emin', 'emins', 'eminutes'] },
  { token: 'eh', unit: 'hours', basis: 'elapsed', aliases: ['ehr', 'ehrs', 'ehours'] },
  { token: 'ewd', unit: 'workingDays', basis: 'elapsed', aliases: [] },
  { token: 'wcd', unit: 'calendarDays', basis: 'working', aliases: [] },
  { token: 'ww', unit: 'weeks', basis: 'working', aliases: [] },
  { token: 'wmo', unit: 'months', basis: 'working', aliases: [] },
];

/** `+12d`, `-2h`, `+3wd`; nothing without a lag. */
export function printLag(lag: Lag | undefined): string {
  if (!lag) return '';
  const found = lagUnits.find(({ unit, basis }) => unit === lag.unit && basis === lag.basis);
  return `${lag.value < 0 ? '-' : '+'}${Math.abs(lag.value)}${found?.token ?? ''}`;
}

const MAX_LAG = 100_000;

/** Reads `+12d` or `- 2 hours`; answers the reason where it cannot be kept. */
export function readLag(text: string): { lag: Lag } | { reason: string } {
  const match = /^([+\-\u2212\u2013])\s*(\d+(?:[.,]\d+)?)\s*(%|[A-Za-z ]*)$/.exec(text.trim());
  if (!match) return { reason: `"${text.trim()}" is no lag: write for example +12d, +3wd or -2h` };
  const [, sign = '', number = '', word = ''] = match;
  if (word === '%') return { reason: 'a lag in per cent cannot be kept: write a length, for example +2wd' };
  if (/[.,]/.test(number))
    return { reason: `${sign}${number} is not whole: write it in a smaller unit, for example +36h` };
  const name = word.replaceAll(' ', '').toLowerCase();
  if (name === '')
    return {
      reason: `${sign}${number} has no unit: ${sign}${number}wd is working days, ${sign}${number}d calendar days`,
    };
  const unit = lagUnits.find(({ token, aliases }) => token === name || aliases.includes(name));
  if (!unit) return { reason: `"${word.trim()}" is no unit: use m, h, wd, d, w or mo` };
  const value = Number(number) * (sign === '+' ? 1 : -1);
  if (Math.abs(value) > MAX_LAG) return { reason: `a lag is at most ${MAX_LAG.toLocaleString('en-GB')}` };
  return { lag: { value: value === 0 ? 0 : value, unit: unit.unit, basis: unit.basis } };
}

/** `5wd`, `24h`: a length of time in the units of lags, without their basis. */
export function printPeriod(period: Period): string {
  return `${period.value}${lagUnits.find(({ unit }) => unit === period.unit)?.token ?? ''}`;
}

/** Reads `5wd`, `5 working days` or `24 h`; answers the reason where it cannot be kept. */
export function readPeriod(text: string): { period: Period } | { reason: string } {
  const written = text.trim();
  if (/^[-\u2212]/.test(written)) return { reason: 'a length of time is not negative' };
  const read = readLag(`+${written}`);
  if ('lag' in read) return { period: { value: read.lag.value, unit: read.lag.unit } };
  const isAmount = /^\d/.test(written);
  return {
    reason: isAmount
      ? read.reason.replaceAll('+', '')
      : `"${written}" is no length of time: write for example 5wd, 24h or 2w`,
  };
}
