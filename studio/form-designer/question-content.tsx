import { Checkbox, NumberInput, Select, Stack } from '@mantine/core';
import type { QuestionDocument, QuestionType } from '../../schemas/form.ts';
import { QuestionType as QuestionTypes } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { CalculationFields } from './calculation-fields.tsx';
import classes from './form-designer.module.css';
import { OptionList } from './option-list.tsx';
import { typeWords } from './type-words.ts';

interface Content {
  type?: QuestionDocument['type'] | undefined;
  options?: QuestionDocument['options'] | undefined;
  validation?: QuestionDocument['validation'] | undefined;
  sensitive?: boolean | undefined;
  calculation?: QuestionDocument['calculation'] | undefined;
}

/** What a question is: wording, kind of answer, options and what an answer must satisfy. The same for a form's own and the library's. */
export function QuestionContent({
  content,
  path,
  inputs,
}: {
  content: Content;
  path: readonly string[];
  /** Questions a calculation may take in. */
  inputs: readonly { value: string; label: string; type: QuestionType }[];
}) {
  const { set } = useEditor();
  const type = content.type ?? 'text';
  return (
    <Stack gap="sm">
      <TextField label="Question" path={[...path, 'label']} />
      <TextField label="Help text" path={[...path, 'hint']} optional lines={2} />
      <Field path={[...path, 'type']}>
        <Select
          label="Kind of answer"
          maw={320}
          data={QuestionTypes.options.map((value) => ({ value, label: typeWords[value] }))}
          value={type}
          onChange={(value) => set([...path, 'type'], value)}
        />
      </Field>
      {type === 'choice' || type === 'multi-choice' ? (
        <Field path={[...path, 'options']}>
          <OptionList options={content.options ?? {}} path={[...path, 'options']} isMulti={type === 'multi-choice'} />
        </Field>
      ) : null}
      {type === 'calculated' ? (
        <CalculationFields calculation={content.calculation} path={[...path, 'calculation']} inputs={inputs} />
      ) : (
        <ValidationFields type={type} validation={content.validation} path={[...path, 'validation']} />
      )}
      <Field path={[...path, 'sensitive']}>
        <Checkbox
          label="Sensitive: kept from people who need not see it"
          checked={content.sensitive === true}
          onChange={(event) => set([...path, 'sensitive'], event.currentTarget.checked ? true : undefined)}
        />
      </Field>
    </Stack>
  );
}

const patterns = [
  { value: 'email', label: 'E-mail address' },
  { value: 'ukPhone', label: 'UK phone number' },
  { value: 'ukPostcode', label: 'UK postcode' },
  { value: 'nationalInsuranceNumber', label: 'National Insurance number' },
  { value: 'uprn', label: 'UPRN' },
];

function ValidationFields({
  type,
  validation = {},
  path,
}: {
  type: QuestionType;
  validation: QuestionDocument['validation'];
  path: readonly string[];
}) {
  const { set } = useEditor();
  const put = (field: string, value: unknown) => {
    const { [field as keyof typeof validation]: _, ...others } = validation;
    const next = value === undefined ? others : { ...others, [field]: value };
    set(path, Object.keys(next).length === 0 ? undefined : next);
  };
  const number = (label: string, field: 'min' | 'max' | 'maxLength', isMoney = false) => {
    const value = validation[field];
    return (
      <NumberInput
        label={label}
        {...(isMoney ? { prefix: '£', decimalScale: 2 } : {})}
        value={value === undefined ? '' : isMoney ? value / 100 : value}
        onChange={(next) =>
          put(field, typeof next === 'number' ? (isMoney ? Math.round(next * 100) : next) : undefined)
        }
      />
    );
  };
  if (type === 'number' || type === 'money')
    return (
      <Field path={path}>
        <div className={classes['bounds']}>
          {number('At least', 'min', type === 'money')}
          {number('At most', 'max', type === 'money')}
          {type === 'number' ? (
            <Checkbox
              label="Whole numbers only"
              checked={validation.whole === true}
              onChange={(event) => put('whole', event.currentTarget.checked ? true : undefined)}
            />
          ) : null}
        </div>
      </Field>
    );
  if (type !== 'text' && type !== 'address') return null;
  return (
    <Field path={path}>
      <div className={classes['bounds']}>
        {number('Most characters', 'maxLength')}
        <Select
          label="Must be"
          clearable
          placeholder="Any text"
          data={patterns}
          value={validation.pattern ?? null}
          onChange={(value) => put('pattern', value ?? undefined)}
        />
      </div>
    </Field>
  );
}
