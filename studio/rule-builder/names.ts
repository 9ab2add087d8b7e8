import type { Vocabulary } from '../document/engine.ts';
import { type ConditionNames, plainOperand } from '../words/condition-words.ts';
import type { Subject } from './subjects.ts';

/** What a condition's questions, options and names are called where it stands. */
export function namesOf(vocabulary: Vocabulary, subjects: readonly Subject[]): ConditionNames {
  const find = (id: string) => subjects.find((subject) => subject.id === id);
  return {
    operand: (operand) => {
      const label = 'question' in operand ? vocabulary.questions.get(operand.question)?.label : undefined;
      if (label) return label;
      if ('taskOutcome' in operand) return find(`t:${operand.taskOutcome}`)?.label ?? plainOperand(operand);
      return 'caseField' in operand
        ? (find(`c:${operand.caseField}`)?.label ?? plainOperand(operand))
        : plainOperand(operand);
    },
    option: (operand, value) => {
      const labels = 'question' in operand ? vocabulary.questions.get(operand.question)?.optionLabels : undefined;
      const subject = 'taskOutcome' in operand ? find(`t:${operand.taskOutcome}`) : undefined;
      const key = value === true ? 'yes' : value === false ? 'no' : String(value);
      return labels?.[key] ?? subject?.options.find((option) => option.value === key)?.label ?? key;
    },
    isMoney: (operand) => 'question' in operand && vocabulary.questions.get(operand.question)?.type === 'money',
    named: (name) => find(`n:${name}`)?.label ?? name,
  };
}
