import type { QuestionType } from '../../schemas/form.ts';

/** Kinds of answer as people know them. */
export const typeWords: Readonly<Record<QuestionType, string>> = {
  'yes-no': 'Yes or no',
  choice: 'One of a list',
  'multi-choice': 'Several of a list',
  number: 'Number',
  money: 'Amount of money',
  date: 'Date',
  text: 'Text',
  address: 'Address',
  file: 'File',
  calculated: 'Worked out from other answers',
};
