import type { Answers } from '../../../schemas/condition.ts';
import { selectAdvice } from '../../engine/index.ts';
import { mistakesIn, openForm, refuseMistakes } from '../enquiries/answers.ts';
import { dateIn } from '../local-date.ts';
import type { PreparedCase } from './prepare.ts';

/** Answers after a correction; an empty text withdraws one. */
export function correctedAnswers(before: Answers, changed: Answers): Answers {
  const all = { ...before, ...changed };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Refuses answers that the form does not take, with a pointer to each; answers not given before may stay missing. */
export function checkCorrection({ loaded, bundle, answers }: PreparedCase, changed: Answers, now: number): void {
  if (!loaded) return;
  const form = openForm(loaded, bundle.key, dateIn(zoneOf(loaded), now));
  const mistakes = mistakesIn(form, correctedAnswers(answers, changed), true).filter(({ question }) =>
    Object.hasOwn(changed, question),
  );
  refuseMistakes(form, mistakes, '/command');
}

/** Statements that a pack made now would gain and lose by a correction. */
export function advisedByCorrection({ loaded, bundle, answers }: PreparedCase, changed: Answers, now: number) {
  if (!loaded) return undefined;
  const book = loaded.adviceOf(bundle.key);
  const asAt = dateIn(zoneOf(loaded), now);
  const shown = new Set(
    book.entries.filter(({ statement }) => statement.audience !== 'internal').map(({ key }) => key),
  );
  const [before, after] = [answers, correctedAnswers(answers, changed)].map((given) =>
    selectAdvice(book, given, asAt).filter((key) => shown.has(key)),
  );
  return {
    gained: (after ?? []).filter((key) => !before?.includes(key)),
    lost: (before ?? []).filter((key) => !after?.includes(key)),
  };
}

function zoneOf({ configuration }: NonNullable<PreparedCase['loaded']>): string {
  return Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
}
