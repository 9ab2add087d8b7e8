import type { Condition } from '../../../schemas/condition.ts';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import { leavesIn } from './conditions.ts';
import { type DerivedFact, isSameMap } from './derived.ts';
import { allQuestions, questionsOf, type ResolvedQuestion } from './form-questions.ts';
import type { CheckContext } from './rule.ts';

/** A leaf of a condition that looks at a question. */
export interface QuestionLeaf {
  readonly condition: Extract<Condition, { of: unknown }>;
  readonly path: string[];
  readonly key: string;
  /** Absent where no form and no library has it. */
  readonly question: ResolvedQuestion | undefined;
  /** Whether the form of the document's workflow asks it; undefined where the document belongs to no single form. */
  readonly isAsked: boolean | undefined;
}

/** Every leaf of a document's conditions that looks at a question, with that question. */
export function questionLeaves(document: AnyDocument, context: CheckContext): QuestionLeaf[] {
  const placed = leavesIn(document);
  if (placed.length === 0) return [];
  const asked = askedQuestions(document, context);
  return placed.flatMap(({ condition, path }): QuestionLeaf[] => {
    if (!('of' in condition) || !('question' in condition.of)) return [];
    const key = condition.of.question;
    const question = asked?.get(key) ?? knownQuestion(key, context);
    return [{ condition, path, key, question, isAsked: asked?.has(key) }];
  });
}

/** Questions the form of a document asks; undefined where the document belongs to no single form. */
function askedQuestions(
  document: AnyDocument,
  { configuration }: CheckContext,
): ReadonlyMap<string, ResolvedQuestion> | undefined {
  if (document.kind === 'form') return questionsOf(configuration.question, document);
  if (document.kind !== 'workflow' || document.form === undefined) return undefined;
  const form = configuration.form[document.form];
  return form ? questionsOf(configuration.question, form) : undefined;
}

/** A library question by its key, else that of whichever form has it. */
function knownQuestion(key: string, { derived }: CheckContext): ResolvedQuestion | undefined {
  return derived(everyQuestion).get(key);
}

const everyQuestion: DerivedFact<ReadonlyMap<string, ResolvedQuestion>> = {
  kinds: ['form', 'question'],
  make: (documents) => allQuestions(documents('question'), documents('form')),
  isSame: (a, b) => isSameMap(a, b, isSameQuestion),
};

function isSameQuestion(a: ResolvedQuestion, b: ResolvedQuestion): boolean {
  return a.type === b.type && (a.options === b.options || JSON.stringify(a.options) === JSON.stringify(b.options));
}
