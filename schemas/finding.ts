import { z } from 'zod';

export const Severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/** What a check says about a drawing (R1). `pointer` is a JSON pointer inside the document; `document` is `kind/key`. */
export const Finding = z.strictObject({
  code: z.string().describe('Stable code, UPPER_SNAKE.'),
  severity: Severity,
  document: z.string().describe('kind/key of the document, or a file path where it could not be read.'),
  pointer: z.string().describe('JSON pointer inside the document.'),
  values: z.record(z.string(), z.unknown()).describe('The values the sentence is made of.'),
  message: z.string().describe('What is wrong, where, what would put it right.'),
  fix: z.record(z.string(), z.unknown()).optional().describe('Mechanical fix as an edit command.'),
  counterexample: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('A start date, an answer set or a command sequence that shows it.'),
});
export type Finding = z.infer<typeof Finding>;
