import { type CaseState, type InformationPack, toCaseRow, toClockViews, toTaskRows } from '../../engine/index.ts';
import { dateIn } from '../local-date.ts';

type Step = InformationPack['nextSteps'][number];

/** What happens next in a case that was just launched, with its own dates: the first task, what the law sets, the whole. */
export function nextSteps(state: CaseState, zone: string): Step[] {
  const ready = Object.keys(state.tasks).filter((task) => state.tasks[task]?.life === 'ready');
  const first = toTaskRows(state, ready)
    .flatMap(({ dueAt }) => dueAt ?? [])
    .sort((a, b) => a - b)[0];
  const clocks = toClockViews(state).filter(({ outcome }) => outcome === 'open');
  const whole = toCaseRow(state).dueAt;
  return [
    { text: 'We have opened a case. An officer will contact you.' },
    ...dated('We take the first step by', first ?? null, zone),
    ...clocks.flatMap(({ title, dueAt }) => dated(`${title}: the law gives us until`, dueAt, zone)),
    ...dated('We plan to have finished by', whole, zone),
  ];
}

/** A day that ends at midnight is the day before that midnight. */
function dated(text: string, at: number | null, zone: string): Step[] {
  return at === null ? [] : [{ text, on: dateIn(zone, at - 1) }];
}
