import type { AnyDocument, Configuration, DocumentKind, DocumentOf } from '../../../schemas/configuration.ts';
import type { Finding, Severity } from '../../../schemas/finding.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { toPointer } from '../../../schemas/shape.ts';
import type { BankHolidays } from '../calendar/bank-holidays.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import type { EditCommand } from '../edit/command.ts';
import type { DerivedFact } from './derived.ts';

/** What every rule may look at: the whole configuration, its compiled calendars and the first day from which starts are proved. */
export interface CheckContext {
  readonly configuration: Configuration;
  readonly calendars: Readonly<Record<string, CompiledCalendar>>;
  readonly holidays: BankHolidays;
  readonly from: LocalDate;
  /** Digest of a text, as translations name the text they translate. */
  readonly digestOf: (text: string) => string;
  /** Something several rules look at, worked out once while what it was made of stays the same. */
  readonly shared: <T>(name: string, parts: readonly unknown[], make: () => T) => T;
  /** Something made of all documents of some kinds: a rule that looks at it is run again only when it comes out different. */
  readonly derived: <T>(fact: DerivedFact<T>) => T;
  /** Whether such a set has a member: the rule is run again only when that comes out different. */
  readonly isIn: (fact: DerivedFact<ReadonlySet<string>>, member: string) => boolean;
  /** All documents of a kind: the very same list as long as none of them changed. */
  readonly documents: <K extends DocumentKind>(kind: K) => readonly DocumentOf<K>[];
}

/** One finding as a rule says it; the document is added by the registry. */
export interface RuleFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly path: readonly (string | number)[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly fix?: EditCommand;
  readonly counterexample?: Readonly<Record<string, unknown>>;
  /** Another document in which the place stands, as `kind/key`; by default the document checked. */
  readonly document?: string;
}

/** What a code means, for docs/findings.md and `lintel explain finding`. */
export interface FindingCode {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  readonly means: string;
  /** What puts it right, in one sentence. */
  readonly cure: string;
  readonly fixed?: true;
  readonly shown?: 'start' | 'answers' | 'commands';
}

/**
 * One check (R1). `reads` names the kinds whose documents it looks at beside its own; `check` answers what is wrong with one
 * document and says nothing that is not among its `codes`.
 */
export interface CheckRule<K extends DocumentKind = DocumentKind> {
  readonly name: string;
  /** The kind it is about; `any` looks at documents of every kind. */
  readonly kind: K | 'any';
  readonly reads: readonly DocumentKind[];
  readonly codes: readonly FindingCode[];
  /** It lives cases, which takes its time: only where the checker is asked to explore. */
  readonly explores?: true;
  /**
   * It looks at how a workflow hangs together, not at how long its parts take nor at their words: it is given the workflow
   * without these, and run again only when something else changed.
   */
  readonly sees?: 'shape';
  check(document: DocumentOf<K>, context: CheckContext): readonly RuleFinding[];
}

/** A rule of one kind as the registry keeps it. */
export function defineRule<K extends DocumentKind>(rule: CheckRule<K> & { readonly kind: K }): CheckRule {
  return rule as unknown as CheckRule;
}

/** A rule that looks at documents of every kind. */
export function defineCommonRule(rule: Omit<CheckRule, 'kind'>): CheckRule {
  return { ...rule, kind: 'any' };
}

/** The finding of a rule on its document. */
export function toFinding(document: AnyDocument, found: RuleFinding): Finding {
  const { path, values, fix, counterexample, document: other, ...rest } = found;
  return {
    ...rest,
    document: other ?? `${document.kind}/${document.key}`,
    pointer: toPointer(path),
    values: { ...values },
    ...(fix ? { fix: { ...fix } } : {}),
    ...(counterexample ? { counterexample: { ...counterexample } } : {}),
  };
}

/** A finding that another part of the engine made, as a rule says it. */
export function fromFinding({ pointer, counterexample, fix: _fix, ...found }: Finding): RuleFinding {
  return { ...found, path: pointer.split('/').slice(1), ...(counterexample ? { counterexample } : {}) };
}
