import type { NamedConditions } from '../evaluate.ts';
import type { Questions } from '../question.ts';

/** What a condition may speak about: the questions of a form and the named conditions of a workflow. */
export interface Vocabulary {
  readonly questions: Questions;
  readonly named: NamedConditions;
  /** As-at date, `YYYY-MM-DD`, offered where a date is wanted. */
  readonly asAt?: string;
}
