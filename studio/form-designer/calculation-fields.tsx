import { MultiSelect, Select } from '@mantine/core';
import type { Calculation, QuestionType } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import classes from './form-designer.module.css';

type Input = { value: string; label: string; type: QuestionType };

const kinds = [
  { value: 'difference', label: 'One number less another' },
  { value: 'sum', label: 'Sum of numbers' },
  { value: 'countSelected', label: 'How many options are chosen' },
  { value: 'ageAtAsAt', label: 'Age on the as-at date' },
  { value: 'daysUntil', label: 'Days until a date' },
];

const takes: Readonly<Record<Calculation['of'], readonly QuestionType[]>> = {
  difference: ['number', 'money', 'calculated'],
  sum: ['number', 'money', 'calculated'],
  countSelected: ['multi-choice'],
  ageAtAsAt: ['date'],
  daysUntil: ['date'],
};

/** How a calculated question is worked out: one of five ways, over questions of the right kind. */
export function CalculationFields({
  calculation,
  path,
  inputs,
}: {
  calculation: Calculation | undefined;
  path: readonly string[];
  inputs: readonly Input[];
}) {
  const { set } = useEditor();
  const fitting = (of: Calculation['of']) => inputs.filter(({ type }) => takes[of].includes(type));
  const choose = (of: Calculation['of']) => {
    const [first, second] = fitting(of).map(({ value }) => value);
    set(path, first === undefined ? undefined : blank(of, first, second ?? first));
  };
  const one = (label: string, field: string, value: string, of: Calculation['of']) => (
    <Select label={label} data={fitting(of)} value={value} onChange={(next) => next && set([...path, field], next)} />
  );
  return (
    <Field path={path}>
      <div className={classes['bounds']}>
        <Select
          label="Worked out as"
          placeholder="Choose"
          data={kinds.map((kind) => ({ ...kind, disabled: fitting(kind.value as Calculation['of']).length === 0 }))}
          value={calculation?.of ?? null}
          onChange={(of) => choose(of as Calculation['of'])}
        />
        {calculation?.of === 'difference' ? (
          <>
            {one('From', 'minuend', calculation.minuend, 'difference')}
            {one('Take away', 'subtrahend', calculation.subtrahend, 'difference')}
          </>
        ) : calculation?.of === 'sum' ? (
          <MultiSelect
            label="Numbers"
            data={fitting('sum')}
            value={calculation.terms}
            onChange={(terms) => terms.length > 0 && set([...path, 'terms'], terms)}
          />
        ) : calculation?.of === 'countSelected' ? (
          one('Question', 'question', calculation.question, 'countSelected')
        ) : calculation?.of === 'ageAtAsAt' ? (
          one('Date of birth', 'birthDate', calculation.birthDate, 'ageAtAsAt')
        ) : calculation?.of === 'daysUntil' ? (
          one('Date', 'date', calculation.date, 'daysUntil')
        ) : null}
      </div>
    </Field>
  );
}

function blank(of: Calculation['of'], first: string, second: string): Calculation {
  switch (of) {
    case 'difference':
      return { of, minuend: first, subtrahend: second };
    case 'sum':
      return { of, terms: [first] };
    case 'countSelected':
      return { of, question: first };
    case 'ageAtAsAt':
      return { of, birthDate: first };
    case 'daysUntil':
      return { of, date: first };
  }
}
