import type { FindingCode } from './rule.ts';

/** Codes of what cannot be read at all: said by the one door from stored JSON, before any rule looks. */
export const loadingCodes: readonly FindingCode[] = [
  code('JSON_INVALID', 'A file is not JSON.', 'Correct the text at the place named.'),
  code('KIND_UNKNOWN', 'A document is of no kind that exists.', 'Name one of the kinds.'),
  code(
    'FORMAT_UNKNOWN',
    'A document has a format number that this version does not know.',
    'Use the version that wrote it.',
  ),
  code('UNKNOWN_KEY', 'A document has a field that does not exist.', 'Remove it or correct its name.'),
  code('SHAPE_INVALID', 'A field holds something else than is expected there.', 'Write what is expected.'),
  code(
    'KEY_INVALID',
    'A key has characters that keys may not have, or is too long.',
    'Use 1 to 64 letters, digits, "-" or "_".',
  ),
  code('NESTED_TOO_DEEP', 'A document is nested more than 100 levels deep.', 'Split it up.'),
  code('FORBIDDEN_KEY', 'A document uses a name such as "__proto__" as a key.', 'Choose another key.'),
  {
    ...code('FILE_MISPLACED', 'A file does not lie where its kind and key say.', 'Rename it.'),
    severity: 'warning',
  },
];

function code(name: string, means: string, cure: string): FindingCode {
  return { code: name, severity: 'error', means, cure };
}
