import type { Operand } from '../../schemas/condition.ts';
import type { Vocabulary } from '../document/engine.ts';
import { type ConditionNames, plainOperand } from '../words/condition-words.ts';
import { operandId, type Subject } from './subjects.ts';

/** What a condition's questions, options and names are called where it stands. */
export function namesOf(vocabulary: Vocabulary, subjects: readonly Subject[]): ConditionNames {
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const find = (operand: Operand) => byId.get(operandId(operand));
  const asked = (operand: Operand) => ('question' in operand ? vocabulary.questions.get(operand.question) : undefined);
  return {
    operand: (operand) => asked(operand)?.label ?? find(operand)?.label ?? plainOperand(operand),
    option: (operand, value) => {
      const key = value === true ? 'yes' : value === false ? 'no' : String(value);
      return (
        asked(operand)?.optionLabels?.[key] ??
        find(operand)?.options.find((option) => option.value === key)?.label ??
        key
      );
    },
    isMoney: (operand) => (asked(operand) ?? find(operand))?.type === 'money',
    named: (name) => byId.get(`n:${name}`)?.label ?? name,
  };
}
