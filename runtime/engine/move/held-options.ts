import type { Answers } from '../../../schemas/condition.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';

/** Options that answers hold although their question does not offer them (R2: an option removed while open cases hold it). */
export function heldOptions(
  bundle: Pick<CompiledWorkflow, 'questions'>,
  answers: Answers,
): { question: string; option: string }[] {
  const questions = bundle.questions as Readonly<Record<string, { type?: string; options?: readonly string[] }>>;
  return Object.entries(answers).flatMap(([question, answer]) => {
    const { type, options } = questions[question] ?? {};
    if ((type !== 'choice' && type !== 'multi-choice') || !options) return [];
    const chosen = Array.isArray(answer) ? answer : [String(answer)];
    return chosen.filter((option) => !options.includes(option)).map((option) => ({ question, option }));
  });
}
