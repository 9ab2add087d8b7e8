import type { Finding } from '../../../schemas/finding.ts';
import { type AdviceBook, type AdviceEntry, type AdviceReason, shareRule } from '../advise/advice-book.ts';
import { type Analysis, type AnalysisInput, analyseStatements } from './analyse.ts';

interface GroupedReason {
  /** Name of the reason in the analysis. */
  readonly name: string;
  readonly group: string;
  readonly entry: AdviceEntry;
  readonly reason: AdviceReason;
}

interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * Statements of one exclusive group that some answers bring together on some date: their conditions meet and so do the
 * dates from which and until which they hold (A6). Two statements of one rule belong together and are no such pair.
 */
export function exclusiveFindings(book: AdviceBook, input: AnalysisInput): Finding[] {
  const reasons = groupedReasons(book);
  const pairs = reasons.flatMap((a, i) =>
    reasons.slice(i + 1).flatMap((b) => {
      const period = sharedPeriod(a, b);
      return isCandidate(a, b) && period ? [{ a, b, period }] : [];
    }),
  );
  if (pairs.length === 0) return [];
  const analysis = analyseStatements({
    ...input,
    firingOnly: false,
    statements: reasons.map(({ name, reason }) => ({ key: name, conditions: [reason.when], specific: false })),
  });
  const apart = new Set(analysis.exclusive.map((pair) => pair.join(' ')));
  const findings = new Map<string, Finding>();
  for (const { a, b, period } of pairs) {
    if (!canFire(analysis, a) || !canFire(analysis, b) || apart.has(`${a.name} ${b.name}`)) continue;
    const pair = `${a.group} ${a.entry.key} ${b.entry.key}`;
    if (!findings.has(pair)) findings.set(pair, toFinding(book.workflow, a, b, period));
  }
  return [...findings.values()];
}

function groupedReasons(book: AdviceBook): GroupedReason[] {
  return book.entries.flatMap((entry, place) =>
    entry.reasons.flatMap((reason, number) =>
      reason.exclusiveGroup === undefined
        ? []
        : [{ name: `${place}.${number}`, group: reason.exclusiveGroup, entry, reason }],
    ),
  );
}

function isCandidate(a: GroupedReason, b: GroupedReason): boolean {
  return a.group === b.group && a.entry.key !== b.entry.key && !shareRule(a.entry, b.entry);
}

function canFire(analysis: Analysis, { name }: GroupedReason): boolean {
  return analysis.statements.get(name)?.unreachable === false;
}

/** The dates on which both statements and both rules hold. */
function sharedPeriod(a: GroupedReason, b: GroupedReason): Period | undefined {
  const all = [a.entry.statement, a.reason, b.entry.statement, b.reason];
  const from = all.map((one) => one.effectiveFrom ?? '').reduce((x, y) => (x > y ? x : y));
  const to = all.map((one) => one.effectiveTo ?? '9999-12-31').reduce((x, y) => (x < y ? x : y));
  return from <= to ? { from, to } : undefined;
}

function toFinding(workflow: string, a: GroupedReason, b: GroupedReason, { from, to }: Period): Finding {
  const always = from === '' && to === '9999-12-31';
  const dates = [from === '' ? '' : `from ${from}`, to === '9999-12-31' ? '' : `until ${to}`].filter(Boolean).join(' ');
  const cure = always
    ? 'Make one condition exclude the other.'
    : 'Let one end before the other begins, or make one condition exclude the other.';
  return {
    code: 'ADVICE_EXCLUSIVE_MEET',
    severity: 'error',
    document: `workflow/${workflow}`,
    pointer: b.reason.pointer.replace(/\/when$/, ''),
    values: {
      group: a.group,
      statements: [a.entry.key, b.entry.key],
      ...(from === '' ? {} : { from }),
      ...(to === '9999-12-31' ? {} : { to }),
    },
    message: `Statements "${a.entry.key}" and "${b.entry.key}" are declared exclusive (group "${a.group}") but some answers bring both${always ? '' : `, ${dates}`}. ${cure}`,
  };
}
