import type { AnswerValue } from '../../../schemas/condition.ts';
import { boundsMistake, isMissing, missingWords, type Question } from '../../engine/index.ts';

/** What a person typed into the page of one question, by field name. */
export type Fields = Readonly<Record<string, readonly string[]>>;

export type ReadAnswer = { value: AnswerValue | undefined } | { mistake: string };

/** The answer in the fields of a question's page; a mistake is a sentence that says what to do. */
export function readAnswer(question: Question, fields: Fields, required: boolean): ReadAnswer {
  const read = parse(question, fields);
  if ('mistake' in read) return read;
  if (isMissing(read.value)) return required ? { mistake: missingWords(question) } : { value: undefined };
  const mistake = boundsMistake(question, read.value);
  return mistake === undefined ? read : { mistake };
}

function parse(question: Question, fields: Fields): ReadAnswer {
  const all = fields.answer ?? [];
  const text = (all[0] ?? '').trim();
  switch (question.type) {
    case 'yes-no':
    case 'choice':
      return text === '' || question.options.includes(text)
        ? { value: text || undefined }
        : { mistake: 'Select one of the answers on the page' };
    case 'multi-choice': {
      const chosen = [...new Set(all.filter((option) => option !== ''))];
      if (chosen.some((option) => !question.options.includes(option)))
        return { mistake: 'Select from the answers on the page' };
      return { value: chosen.length === 0 ? undefined : chosen };
    }
    case 'number':
      return toNumber(text, 1);
    case 'money':
      return toNumber(text.replace(/^£/, ''), 100);
    case 'date':
      return toDate(fields);
    case 'text':
    case 'address':
    case 'file':
    case 'calculated':
      return { value: text === '' ? undefined : text };
  }
}

function toNumber(text: string, times: number): ReadAnswer {
  const plain = text.replaceAll(/[,\s]/g, '');
  if (plain === '') return { value: undefined };
  if (!/^-?\d{1,12}(?:\.\d{1,4})?$/.test(plain))
    return { mistake: times === 100 ? 'Enter an amount in pounds, like 12.50' : 'Enter a number, like 12' };
  const value = Number(plain) * times;
  return { value: times === 1 ? value : Math.round(value) };
}

function toDate(fields: Fields): ReadAnswer {
  const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map((name) => (fields[name]?.[0] ?? '').trim());
  if (!day && !month && !year) return { value: undefined };
  const missing = [!day && 'a day', !month && 'a month', !year && 'a year'].filter(Boolean);
  if (missing.length > 0) return { mistake: `The date must include ${missing.join(' and ')}` };
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year))
    return { mistake: 'Enter a real date, like 27 3 2026' };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const real = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== value
    ? { mistake: 'Enter a real date, like 27 3 2026' }
    : { value };
}

/** An answer in words, as the check page and the officer see it. */
export function answerInWords(question: Question, value: AnswerValue | undefined): string {
  if (value === undefined) return 'Not answered';
  if (Array.isArray(value)) return value.map((option) => question.optionLabels[option] ?? option).join(', ') || 'None';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (question.type === 'money' && typeof value === 'number') return `£${(value / 100).toFixed(2)}`;
  if (question.type === 'date' && typeof value === 'string') {
    return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${value}T00:00:00Z`),
    );
  }
  return question.optionLabels[String(value)] ?? String(value);
}
