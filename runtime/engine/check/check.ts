import {
  type AnyDocument,
  type Configuration,
  type DocumentKind,
  type DocumentOf,
  documentKinds,
} from '../../../schemas/configuration.ts';
import type { Finding, Severity } from '../../../schemas/finding.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { type BankHolidays, shippedBankHolidays } from '../calendar/bank-holidays.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { compileCalendars } from '../plan/calendars.ts';
import { DerivedFacts, type Documents } from './derived.ts';
import { checkRules } from './registry.ts';
import { type CheckContext, type CheckRule, toFinding } from './rule.ts';
import { sha256 } from './sha256.ts';
import { Shapes } from './shape-of.ts';
import {
  compareKinds,
  Generations,
  isUnchanged,
  newTrace,
  noteFact,
  noteKind,
  noteMember,
  type SameKind,
  type Trace,
  trackConfiguration,
} from './tracked.ts';

export interface CheckOptions {
  /** First day from which starts are proved over a year (T10). */
  from: LocalDate;
  holidays?: BankHolidays;
  /** Digest of a text as translations name it; SHA-256 in hex by default. */
  digestOf?: (text: string) => string;
  /** Also live cases of each workflow by `decide`, as before publishing; `only`: nothing else. Left out while somebody draws. */
  explore?: boolean | 'only';
}

/** Keeps what it found, so that the next configuration is checked only where it differs from the last. */
export interface Checker {
  /** All findings (R1, R2), of documents of some kinds only when they are named. */
  check(configuration: Configuration, kinds?: readonly DocumentKind[]): Finding[];
}

/** What a rule found of a document, and what it looked at. */
interface Result {
  readonly trace: Trace;
  readonly findings: readonly Finding[];
}

/** What each rule of its kind found of a document. */
interface Kept {
  readonly document: AnyDocument;
  /** What rules are given that look at its shape alone. */
  readonly shape: AnyDocument;
  readonly results: Result[];
  /** What was found of the document before, where its shape is the same. */
  before: Kept | undefined;
  /** Kinds that any of them looked at, as bits. */
  looksAt: number;
  findings: readonly Finding[];
  /** The generation for which this was last known to hold. */
  at: number;
}

type Check = Pick<CheckRule, 'check' | 'sees'>;

/** What the rules of a kind do, in their order, and what they found of each document by key. */
interface KeptKind {
  readonly checks: readonly Check[];
  readonly byKey: Map<string, Kept>;
  /** The documents they were found in, and what was found in all of them. */
  of: unknown;
  findings: Finding[];
  /** Kinds that any of them looked at, as bits. */
  looksAt: number;
  /** The generation for which all of it was last known to hold. */
  at: number;
}

const none: readonly Finding[] = [];
/** What a rule that has nothing to say and looked at no other document leaves behind. */
const nothing: Result = { trace: newTrace(), findings: none };

const ranks: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** All findings of a configuration (R1, R2): errors first, then by document. Severities follow the settings' `checkSeverity`. */
export function checkConfiguration(configuration: Configuration, options: CheckOptions): Finding[] {
  return createChecker(options).check(configuration);
}

/** As `checkConfiguration`, for the documents of some kinds only. */
export function checkDocuments(
  configuration: Configuration,
  options: CheckOptions,
  kinds: readonly DocumentKind[],
): Finding[] {
  return createChecker(options).check(configuration, kinds);
}

/**
 * A checker that re-runs a rule on a document only when the document, or another document the rule looked at, is no longer
 * the very same value. Documents that did not change must keep their identity, as edits and the draft store keep it.
 */
export function createChecker(options: CheckOptions): Checker {
  const holidays = options.holidays ?? shippedBankHolidays;
  const rules = checkRules.filter((rule) =>
    rule.explores ? options.explore !== undefined && options.explore !== false : options.explore !== 'only',
  );
  const kept = new Map<DocumentKind, KeptKind>(
    documentKinds.map((kind) => [
      kind,
      {
        checks: rules.filter((rule) => rule.kind === kind || rule.kind === 'any'),
        byKey: new Map(),
        of: undefined,
        findings: [],
        looksAt: 0,
        at: 0,
      },
    ]),
  );
  const shared = createShared();
  const generations = new Generations();
  const lists = new Map<DocumentKind, { of: unknown; list: readonly AnyDocument[] }>();
  let configuration: Configuration;
  let same: SameKind;
  let trace = newTrace();
  const documents: Documents = (kind) => listed(lists, kind, configuration, same) as readonly DocumentOf<typeof kind>[];
  const shapes = new Shapes();
  let shaped: Readonly<Record<string, AnyDocument>> = {};
  const facts = new DerivedFacts((kind) =>
    kind === 'workflow' ? (valuesOf(shaped) as readonly DocumentOf<typeof kind>[]) : documents(kind),
  );
  let calendars: { of: Configuration['calendar']; compiled: Record<string, CompiledCalendar> } | undefined;

  return {
    check(next, kinds = documentKinds) {
      configuration = next;
      same = compareKinds(configuration);
      shaped = shapes.turnTo(configuration.workflow);
      generations.turnTo(configuration, shaped, same);
      facts.turn();
      if (!calendars || !same('calendar', calendars.of))
        calendars = { of: configuration.calendar, compiled: compileCalendars(configuration, holidays) };
      const { compiled } = calendars;
      const context: CheckContext = {
        configuration: trackConfiguration(configuration, () => trace),
        get calendars() {
          noteKind(trace, 'calendar', configuration.calendar);
          return compiled;
        },
        holidays,
        from: options.from,
        digestOf: options.digestOf ?? sha256,
        shared,
        derived: (fact) => {
          const value = facts.valueOf(fact);
          noteFact(trace, fact, value);
          return value;
        },
        isIn: (fact, member) => {
          const isIn = facts.valueOf(fact).has(member);
          noteMember(trace, fact, member, isIn);
          return isIn;
        },
        documents: (kind) => {
          noteKind(trace, kind, configuration[kind]);
          return documents(kind);
        },
      };
      const run: Run = (check, document) => {
        const found = check.check(document, context);
        const findings = found.length === 0 ? none : found.map((one) => toFinding(document, one));
        if (trace.kinds === 0) return findings === none ? nothing : { trace: nothing.trace, findings };
        const result = { trace, findings };
        trace = newTrace();
        return result;
      };
      const isStill = (seen: Trace) => isUnchanged(seen, configuration, same, facts);
      return sorted(configuration, findingsOf(configuration, kinds, kept, { generations, shapes, run, isStill }));
    },
  };
}

type Run = (check: Check, document: AnyDocument) => Result;

interface How {
  readonly generations: Generations;
  readonly shapes: Shapes;
  readonly run: Run;
  readonly isStill: (trace: Trace) => boolean;
}

function findingsOf(
  configuration: Configuration,
  kinds: readonly DocumentKind[],
  kept: ReadonlyMap<DocumentKind, KeptKind>,
  how: How,
): Finding[] {
  return kinds.flatMap((kind) => {
    const ofKind = kept.get(kind);
    if (!ofKind) return [];
    const { generations } = how;
    const holds = ofKind.of === configuration[kind] && (generations.changedSince(ofKind.at) & ofKind.looksAt) === 0;
    if (!holds || ofKind.at === 0) lookThrough(ofKind, configuration[kind], how);
    return ofKind.findings;
  });
}

function lookThrough(ofKind: KeptKind, documents: Readonly<Record<string, AnyDocument>>, how: How): void {
  const { checks, byKey } = ofKind;
  ofKind.of = documents;
  ofKind.at = how.generations.now;
  ofKind.looksAt = 0;
  ofKind.findings = [];
  for (const key of Object.keys(documents)) {
    const document = documents[key] as AnyDocument;
    const known = byKey.get(key);
    const now = known?.document === document ? known : keep(byKey, key, document, known, how.shapes);
    bringUpToDate(now, checks, how);
    ofKind.looksAt |= now.looksAt;
    if (now.findings.length > 0) ofKind.findings.push(...now.findings);
  }
}

/** Runs again those rules that looked at something that changed since. */
function bringUpToDate(kept: Kept, checks: readonly Check[], how: How): void {
  const { generations, run, isStill } = how;
  const isNew = kept.at === 0;
  const changed = generations.changedSince(kept.at) & kept.looksAt;
  const { before } = kept;
  kept.before = undefined;
  kept.at = generations.now;
  if (changed === 0 && !isNew) return;
  const changedBefore = before ? generations.changedSince(before.at) : 0;
  const holds = (known: Result, since: number) => (known.trace.kinds & since) === 0 || isStill(known.trace);
  let differs = isNew;
  for (let at = 0; at < checks.length; at++) {
    const known = kept.results[at];
    if (known && holds(known, changed)) continue;
    const { sees } = checks[at] as Check;
    const same = sees === 'shape' ? before?.results[at] : undefined;
    const result =
      same && holds(same, changedBefore)
        ? same
        : run(checks[at] as Check, sees === 'shape' ? kept.shape : kept.document);
    kept.results[at] = result;
    kept.looksAt |= result.trace.kinds;
    differs = true;
  }
  if (differs) kept.findings = kept.results.flatMap(({ findings }) => findings);
}

function keep(
  byKey: Map<string, Kept>,
  key: string,
  document: AnyDocument,
  known: Kept | undefined,
  shapes: Shapes,
): Kept {
  const shape = shapes.of(document);
  const before = known?.shape === shape ? known : undefined;
  const fresh: Kept = { document, shape, before, results: [], looksAt: 0, findings: none, at: 0 };
  byKey.set(key, fresh);
  return fresh;
}

// The list of the very same record is the very same list.
const listOf = new WeakMap<object, readonly AnyDocument[]>();

function valuesOf(documents: Readonly<Record<string, AnyDocument>>): readonly AnyDocument[] {
  const known = listOf.get(documents);
  if (known) return known;
  const list = Object.values(documents);
  listOf.set(documents, list);
  return list;
}

function listed(
  lists: Map<DocumentKind, { of: unknown; list: readonly AnyDocument[] }>,
  kind: DocumentKind,
  configuration: Configuration,
  same: SameKind,
): readonly AnyDocument[] {
  const known = lists.get(kind);
  if (known && same(kind, known.of)) return known.list;
  const list = Object.values<AnyDocument>(configuration[kind]);
  lists.set(kind, { of: configuration[kind], list });
  return list;
}

/** One entry a name: the newest. */
function createShared(): CheckContext['shared'] {
  const entries = new Map<string, { parts: readonly unknown[]; value: unknown }>();
  return <T>(name: string, parts: readonly unknown[], make: () => T): T => {
    const known = entries.get(name);
    if (known && known.parts.length === parts.length && known.parts.every((part, at) => part === parts[at]))
      return known.value as T;
    const value = make();
    entries.set(name, { parts, value });
    return value;
  };
}

function sorted(configuration: Configuration, findings: readonly Finding[]): Finding[] {
  return withSettings(configuration, findings).sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function withSettings(configuration: Configuration, findings: readonly Finding[]): Finding[] {
  const severities = Object.values(configuration.settings)[0]?.checkSeverity ?? {};
  return findings.flatMap((finding): Finding[] => {
    const severity = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    if (severity === undefined || finding.severity === 'error') return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
