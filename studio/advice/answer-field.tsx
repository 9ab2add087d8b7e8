import { Checkbox, NumberInput, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { AnswerValue } from '../../schemas/condition.ts';
import type { Question } from '../document/engine.ts';

/** One question of the form, in the small. Emptied means not answered. */
export function AnswerField({
  question,
  value,
  hint,
  error,
  onAnswer,
}: {
  question: Question;
  hint?: string | undefined;
  error?: string | undefined;
  value: AnswerValue | undefined;
  onAnswer: (value: AnswerValue | undefined) => void;
}) {
  const shared = { label: question.label, error, ...(hint ? { description: hint } : {}) };
  const options = question.options.map((key) => ({ key, label: question.optionLabels[key] ?? key }));
  switch (question.type) {
    case 'yes-no':
    case 'choice':
      return (
        <Radio.Group {...shared} value={typeof value === 'string' ? value : ''} onChange={onAnswer}>
          <Stack gap={6} mt={6}>
            {options.map(({ key, label }) => (
              <Radio key={key} size="sm" value={key} label={label} />
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'multi-choice': {
      const chosen = Array.isArray(value) ? value : [];
      return (
        <Checkbox.Group {...shared} value={chosen} onChange={(next) => onAnswer(withoutOthers(next, chosen, question))}>
          <Stack gap={6} mt={6}>
            {options.map(({ key, label }) => (
              <Checkbox key={key} size="sm" value={key} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    }
    case 'number':
      return (
        <NumberInput
          {...shared}
          maw={180}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onAnswer(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'money':
      return (
        <NumberInput
          {...shared}
          maw={180}
          prefix="£"
          decimalScale={2}
          value={typeof value === 'number' ? value / 100 : ''}
          onChange={(next) => onAnswer(typeof next === 'number' ? Math.round(next * 100) : undefined)}
        />
      );
    case 'date':
      return (
        <TextInput
          type="date"
          {...shared}
          maw={180}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onAnswer(event.currentTarget.value || undefined)}
        />
      );
    case 'calculated':
      return (
        <TextInput {...shared} value={value === undefined ? 'Worked out from other answers' : String(value)} readOnly />
      );
    case 'text':
    case 'address':
    case 'file':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={1}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onAnswer(event.currentTarget.value || undefined)}
        />
      );
  }
}

/** "None of these" goes with nothing else, whichever was chosen last. */
function withoutOthers(next: string[], before: readonly string[], question: Question): string[] | undefined {
  const added = next.find((key) => !before.includes(key));
  const isExclusive = (key: string) => question.exclusiveOptions.includes(key);
  const kept = added === undefined ? next : isExclusive(added) ? [added] : next.filter((key) => !isExclusive(key));
  return kept.length === 0 ? undefined : kept;
}
