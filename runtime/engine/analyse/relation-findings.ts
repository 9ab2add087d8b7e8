import type { Answers } from '../../../schemas/condition.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type AdviceBook, type AdviceEntry, shareRule } from '../advise/advice-book.ts';
import type { AnalysedStatement, Analysis } from './analyse.ts';
import { BudgetExceeded } from './diagram.ts';
import type { TruthSets } from './truth-sets.ts';

/** A statement and those that stand to it in one way. */
interface Related {
  readonly entry: AdviceEntry;
  readonly others: AdviceEntry[];
}

/**
 * Statements that are advised for the very answers that bring another one, or only where another one is too (A6). Statements
 * of one rule belong together, one that is always advised tells no answers apart, and a generic one is for other forms too.
 */
export function relationFindings(
  book: AdviceBook,
  statements: readonly AnalysedStatement[],
  analysis: Analysis,
  sets: TruthSets,
): Finding[] {
  const entries = new Map(book.entries.map((entry) => [entry.key, entry]));
  const group = (pairs: readonly (readonly [string, string])[]): Related[] => {
    const found = new Map<string, Related>();
    for (const pair of pairs) {
      const [a, b] = pair.map((key) => entries.get(key)) as [AdviceEntry, AdviceEntry];
      if (!areTold(analysis, a, b)) continue;
      const known = found.get(a.key) ?? { entry: a, others: [] };
      known.others.push(b);
      found.set(a.key, known);
    }
    return [...found.values()];
  };
  const conditions = new Map(statements.map((one) => [one.key, one.conditions]));
  const answersFor = (entry: AdviceEntry, but?: AdviceEntry): Answers | undefined =>
    exampleIn(sets, conditions.get(entry.key) ?? [], but && (conditions.get(but.key) ?? []));
  // Of statements that fire alike every later one names those before it; a generic one is for other workflows too.
  const alike = group(analysis.duplicates.map(([a, b]) => (isGeneric(entries.get(b)) ? [a, b] : [b, a])));
  return [
    ...alike.map(({ entry, others }) => duplicateFinding(book.workflow, entry, others, answersFor(entry))),
    ...group(analysis.subsumptions).map(({ entry, others }) =>
      impliedFinding(book.workflow, entry, others, others[0] && answersFor(others[0], entry)),
    ),
  ];
}

function areTold(analysis: Analysis, a: AdviceEntry, b: AdviceEntry): boolean {
  const always = [a, b].some(({ key }) => analysis.statements.get(key)?.alwaysFires === true);
  return !always && !isGeneric(a) && !shareRule(a, b);
}

function isGeneric(entry: AdviceEntry | undefined): boolean {
  return entry?.statement.scope === 'generic';
}

type Conditions = AnalysedStatement['conditions'];

/** Answers for which the first is advised, and the other is not where one is named; undefined when that grows too large. */
function exampleIn(sets: TruthSets, conditions: Conditions, but: Conditions | undefined): Answers | undefined {
  try {
    const set = sets.of(conditions);
    return sets.example(but ? sets.without(set, sets.of(but)) : set);
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}

function duplicateFinding(
  workflow: string,
  entry: AdviceEntry,
  others: readonly AdviceEntry[],
  answers: Answers | undefined,
): Finding {
  const message = `Statement "${entry.key}" is advised for the very answers that bring ${named(others)} in workflow "${workflow}", by a rule of its own. Name them in one rule or make them one statement, or tell the answers apart.`;
  return finding('ADVICE_DUPLICATE', workflow, entry, others, message, answers);
}

function impliedFinding(
  workflow: string,
  entry: AdviceEntry,
  others: readonly AdviceEntry[],
  answers: Answers | undefined,
): Finding {
  const message = `Whoever reads statement "${entry.key}" in workflow "${workflow}" reads ${named(others)} too, and not the other way round. Nothing is to be done where the one adds to the other; else make one condition exclude the other.`;
  return finding('ADVICE_IMPLIED', workflow, entry, others, message, answers);
}

function finding(
  code: string,
  workflow: string,
  entry: AdviceEntry,
  others: readonly AdviceEntry[],
  message: string,
  answers: Answers | undefined,
): Finding {
  const [reason] = entry.reasons;
  return {
    code,
    severity: 'info',
    document: reason?.document ?? `advice/${entry.key}`,
    pointer: reason?.pointer ?? '',
    values: { workflow, statement: entry.key, others: others.map(({ key }) => key) },
    message,
    ...(answers ? { counterexample: { answers } } : {}),
  };
}

function named(entries: readonly AdviceEntry[]): string {
  return entries.map(({ key }) => `"${key}"`).join(', ');
}
