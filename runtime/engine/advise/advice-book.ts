import type { AdviceDocument } from '../../../schemas/advice.ts';
import type { Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import { type Questions, workflowQuestions } from '../condition/question.ts';

/** One reason for which a statement is advised: an advice rule of the workflow, or the statement's own condition. */
export interface AdviceReason {
  /** `kind/key` of the document the condition stands in. */
  readonly document: string;
  /** JSON pointer to the condition. */
  readonly pointer: string;
  /** Absent means always. */
  readonly when?: Condition;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  readonly exclusiveGroup?: string;
}

/** A statement as one workflow advises it. */
export interface AdviceEntry {
  readonly key: string;
  readonly statement: AdviceDocument;
  /** It fires when one of these is true and in effect. */
  readonly reasons: readonly AdviceReason[];
}

/** Everything one workflow may advise, in pack order (A4). */
export interface AdviceBook {
  readonly workflow: string;
  readonly questions: Questions;
  readonly named: NamedConditions;
  readonly entries: readonly AdviceEntry[];
}

/**
 * Gathers what a workflow may advise: generic statements with their own conditions, and the statements of its
 * advice rules (A4). Throws when the configuration has no such workflow.
 */
export function buildAdviceBook(configuration: Configuration, workflowKey: string): AdviceBook {
  const workflow = configuration.workflow[workflowKey];
  if (!workflow) throw new Error(`expected the key of a workflow, got "${workflowKey}"`);
  const byStatement = rulesByStatement(configuration, workflowKey);
  const entries: AdviceEntry[] = [];
  for (const statement of Object.values(configuration.advice)) {
    const reasons = [...ownReasons(statement, workflowKey, byStatement), ...(byStatement.get(statement.key) ?? [])];
    if (reasons.length > 0) entries.push({ key: statement.key, statement, reasons });
  }
  return {
    workflow: workflowKey,
    questions: workflowQuestions(configuration, workflowKey),
    named: workflow.namedConditions,
    entries: inPackOrder(entries),
  };
}

/** Whether a period holds on a date, both ends inclusive (A4). */
export function isInEffect(
  period: { readonly effectiveFrom?: string | undefined; readonly effectiveTo?: string | undefined },
  asAt: string,
): boolean {
  return (
    (period.effectiveFrom === undefined || period.effectiveFrom <= asAt) &&
    (period.effectiveTo === undefined || asAt <= period.effectiveTo)
  );
}

/** Whether one rule brings both statements: its author means them to be read together. */
export function shareRule(a: AdviceEntry, b: AdviceEntry): boolean {
  return a.reasons.some((one) =>
    b.reasons.some((other) => other.pointer === one.pointer && other.document === one.document),
  );
}

function rulesByStatement(configuration: Configuration, workflowKey: string): Map<string, AdviceReason[]> {
  const found = new Map<string, AdviceReason[]>();
  for (const rule of inOrder(configuration.workflow[workflowKey]?.adviceRules ?? {})) {
    const reason: AdviceReason = {
      document: `workflow/${workflowKey}`,
      pointer: `/adviceRules/${rule.key}/when`,
      ...(rule.when ? { when: rule.when } : {}),
      ...(rule.effectiveFrom === undefined ? {} : { effectiveFrom: rule.effectiveFrom }),
      ...(rule.effectiveTo === undefined ? {} : { effectiveTo: rule.effectiveTo }),
      ...(rule.exclusiveGroup === undefined ? {} : { exclusiveGroup: rule.exclusiveGroup }),
    };
    for (const key of rule.statements) found.set(key, [...(found.get(key) ?? []), reason]);
  }
  return found;
}

/** Generic statements stand on their own; a bound one does so only when it carries a condition and no rule names it. */
function ownReasons(
  statement: AdviceDocument,
  workflowKey: string,
  ruled: ReadonlyMap<string, unknown>,
): AdviceReason[] {
  const generic = statement.scope === 'generic';
  const boundHere = !generic && statement.scope.includes(workflowKey);
  const standsAlone = boundHere && statement.when !== undefined && !ruled.has(statement.key);
  if (!generic && !standsAlone) return [];
  return [
    {
      document: `advice/${statement.key}`,
      pointer: '/when',
      ...(statement.when ? { when: statement.when } : {}),
    },
  ];
}

/** Sections stand where their first statement stands; inside a section by order, then key (A4). */
function inPackOrder(entries: readonly AdviceEntry[]): AdviceEntry[] {
  const sectionOrder = new Map<string, number>();
  for (const { statement } of entries) {
    const first = sectionOrder.get(statement.section);
    if (first === undefined || statement.order < first) sectionOrder.set(statement.section, statement.order);
  }
  return [...entries].sort(
    (a, b) =>
      (sectionOrder.get(a.statement.section) ?? 0) - (sectionOrder.get(b.statement.section) ?? 0) ||
      compare(a.statement.section, b.statement.section) ||
      a.statement.order - b.statement.order ||
      compare(a.key, b.key),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
