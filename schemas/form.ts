import { z } from 'zod';
import { Condition } from './condition.ts';
import { documentFields, Markdown, Order } from './document.ts';
import { Key } from './ids.ts';

export const QuestionType = z.enum([
  'yes-no',
  'choice',
  'multi-choice',
  'number',
  'money',
  'date',
  'text',
  'address',
  'file',
  'calculated',
]);
export type QuestionType = z.infer<typeof QuestionType>;

export const QuestionOption = z.strictObject({
  order: Order,
  label: z.string().min(1).max(300).describe('Label people see.'),
  hint: z.string().max(1000).optional(),
  exclusive: z.boolean().optional().describe('"None of these": cannot be chosen with others.'),
});

/** Calculated questions (A1 allows no other arithmetic). */
export const Calculation = z
  .discriminatedUnion('of', [
    z.strictObject({ of: z.literal('difference'), minuend: Key, subtrahend: Key }),
    z.strictObject({ of: z.literal('sum'), terms: z.array(Key).min(1).max(50) }),
    z.strictObject({ of: z.literal('countSelected'), question: Key }),
    z.strictObject({ of: z.literal('ageAtAsAt'), birthDate: Key }),
    z.strictObject({ of: z.literal('daysUntil'), date: Key }),
  ])
  .describe('How a calculated question is computed.');
export type Calculation = z.infer<typeof Calculation>;

export const Validation = z
  .strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    minLength: z.number().int().min(0).optional(),
    maxLength: z.number().int().min(1).max(20_000).optional(),
    whole: z.boolean().optional().describe('Whole numbers only.'),
    pattern: z
      .enum(['email', 'ukPhone', 'ukPostcode', 'nationalInsuranceNumber', 'uprn'])
      .optional()
      .describe('One of the fixed patterns.'),
  })
  .describe('What an answer must satisfy.');

/** What a question is, wherever it stands: shared by library questions and questions of one form. */
export const questionShape = {
  type: QuestionType.describe('Type of answer. yes-no answers are the option keys "yes" and "no".'),
  label: z.string().min(1).max(500).describe('The question.'),
  hint: z.string().max(2000).optional(),
  options: z.record(Key, QuestionOption).optional().describe('Options of choice and multi-choice.'),
  validation: Validation.optional(),
  sensitive: z.boolean().optional().describe('Special category or dangerous if seen (N4).'),
  calculation: Calculation.optional(),
  section: z.string().max(100).optional().describe('Section of a statutory return it feeds.'),
};

/** A question on a form: either its own, or a library question by reference. */
export const FormQuestion = z
  .strictObject({
    order: Order,
    section: Key.describe('Section of the form.'),
    library: Key.optional().describe('Library question; its type, label, options are taken from there.'),
    type: questionShape.type.optional(),
    label: questionShape.label.optional(),
    hint: questionShape.hint,
    options: questionShape.options,
    validation: questionShape.validation,
    sensitive: questionShape.sensitive,
    calculation: questionShape.calculation,
    shownWhen: Condition.optional().describe('Asked only when true (A2).'),
    required: z.boolean().optional().describe('Must be answered when shown; default true.'),
    requiredWhen: Condition.optional().describe('Must be answered when this is true.'),
  })
  .describe('A question on a form; its map key is the question key that conditions name.');
export type FormQuestion = z.infer<typeof FormQuestion>;

export const FormDocument = z
  .strictObject({
    ...documentFields('form'),
    sections: z
      .record(
        Key,
        z.strictObject({ order: Order, title: z.string().min(1).max(200), description: Markdown.optional() }),
      )
      .describe('Sections by key.'),
    questions: z.record(Key, FormQuestion).describe('Questions by key.'),
    startPage: Markdown.optional().describe('Text of the start page.'),
    declaration: Markdown.optional().describe('What the customer declares before sending.'),
  })
  .meta({ id: 'form', description: 'Enquiry form.' });
export type FormDocument = z.infer<typeof FormDocument>;

export const QuestionDocument = z
  .strictObject({ ...documentFields('question'), ...questionShape })
  .meta({ id: 'question', description: 'Library question shared by forms.' });
export type QuestionDocument = z.infer<typeof QuestionDocument>;

export const TopicDocument = z
  .strictObject({
    ...documentFields('topic'),
    parent: Key.optional().describe('Topic above; none for the top.'),
    order: Order,
    workflow: Key.optional().describe('Workflow a leaf leads to.'),
  })
  .meta({ id: 'topic', description: "The organisation's tree of enquiry topics." });
export type TopicDocument = z.infer<typeof TopicDocument>;
