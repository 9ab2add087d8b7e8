import { loadingCodes } from './loading-codes.ts';
import { publishingCodes } from './publishing-codes.ts';
import { checkRules } from './registry.ts';
import type { FindingCode } from './rule.ts';

/** A code with the rule that says it and the kind of document it is about. */
export interface CatalogueEntry extends FindingCode {
  readonly rule: string;
  readonly kind: string;
}

/** Every code a finding can have, by code (R1): docs/findings.md and `lintel explain finding` are made from it. */
export function findingCatalogue(): CatalogueEntry[] {
  const ruled = checkRules.flatMap((rule) => rule.codes.map((one) => ({ ...one, rule: rule.name, kind: rule.kind })));
  const loading = loadingCodes.map((one) => ({ ...one, rule: 'loading', kind: 'any' }));
  const publishing = publishingCodes.map((one) => ({ ...one, rule: 'publishing', kind: 'any' }));
  return [...ruled, ...loading, ...publishing].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const shown = { start: 'a start date', answers: 'a set of answers', commands: 'a sequence of commands' } as const;

/** The catalogue as the Markdown page docs/findings.md. */
export function renderFindingCatalogue(): string {
  const entries = findingCatalogue();
  const rows = entries.map(({ code, severity, kind, means, cure, ...more }) =>
    row([`\`${code}\``, severity, kind, means, cure, more.fixed ? 'yes' : '', more.shown ? shown[more.shown] : '']),
  );
  return [
    '# Findings',
    '',
    `What the checks can say about a configuration: ${entries.length} codes. This page is made from the registry`,
    '(`runtime/engine/check/registry.ts`, one rule a file); a test keeps it true, and',
    '`npx vitest run --project unit test/runtime/engine/check/catalogue.test.ts -u` writes it anew.',
    'An error blocks publishing, a warning needs a tick, an info is worth knowing. `lintel explain finding CODE` prints one of them.',
    '',
    row(['code', 'severity', 'document', 'what is wrong', 'what puts it right', 'fix at a click', 'shown by']),
    row(['---', '---', '---', '---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
