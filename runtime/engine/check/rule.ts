import type { AnyDocument, Configuration, DocumentKind, DocumentOf } from '../../../schemas/configuration.ts';
import type { Finding, Severity } from '../../../schemas/finding.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { toPointer } from '../../../schemas/shape.ts';
import type { BankHolidays } from '../calendar/bank-holidays.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';

/** What every rule may look at: the whole configuration, its compiled calendars and the first day from which starts are proved. */
export interface CheckContext {
  readonly configuration: Configuration;
  readonly calendars: Readonly<Record<string, CompiledCalendar>>;
  readonly holidays: BankHolidays;
  readonly from: LocalDate;
}

/** One finding as a rule says it; the document is added by the registry. */
export interface RuleFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly path: readonly (string | number)[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly fix?: Readonly<Record<string, unknown>>;
  readonly counterexample?: Readonly<Record<string, unknown>>;
}

/**
 * One check (R1). `reads` names the kinds whose documents it looks at beside its own, so that an edit re-runs only what it
 * touches; `check` answers what is wrong with one document.
 */
export interface CheckRule<K extends DocumentKind = DocumentKind> {
  readonly name: string;
  readonly kind: K;
  readonly reads: readonly DocumentKind[];
  check(document: DocumentOf<K>, context: CheckContext): readonly RuleFinding[];
}

/** A rule of one kind as a rule of any kind: it stays silent on documents of other kinds. */
export function defineRule<K extends DocumentKind>(rule: CheckRule<K>): CheckRule {
  return {
    ...rule,
    check: (document, context) => (document.kind === rule.kind ? rule.check(document as DocumentOf<K>, context) : []),
  } as CheckRule;
}

/** The finding of a rule on its document. */
export function toFinding(document: AnyDocument, found: RuleFinding): Finding {
  const { path, values, fix, counterexample, ...rest } = found;
  return {
    ...rest,
    document: `${document.kind}/${document.key}`,
    pointer: toPointer(path),
    values: { ...values },
    ...(fix ? { fix: { ...fix } } : {}),
    ...(counterexample ? { counterexample: { ...counterexample } } : {}),
  };
}
