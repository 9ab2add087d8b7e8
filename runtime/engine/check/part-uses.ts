import type { Condition, Operand } from '../../../schemas/condition.ts';
import { type AnyDocument, type Configuration, documentKinds } from '../../../schemas/configuration.ts';
import { leavesIn } from './conditions.ts';
import { whereNodeUsed } from './node-uses.ts';
import { toUse, type Use } from './where-used.ts';

/** A part inside a document that others name by its key: an option of a question, an outcome or a field of a task, a node of a drawing. */
export type DocumentPart = NamedPart | { readonly workflow: string; readonly node: string };

type NamedPart =
  | { readonly question: string; readonly option: string }
  | { readonly task: string; readonly outcome: string }
  | { readonly task: string; readonly field: string };

/** Every place that names a part of a document (R6): conditions, answers of tests, recurrences that an outcome ends; all that names a node. */
export function wherePartUsed(configuration: Configuration, part: DocumentPart): Use[] {
  if ('node' in part) return whereNodeUsed(configuration, part.workflow, part.node);
  return documentKinds
    .flatMap((kind) => Object.values<AnyDocument>(configuration[kind]))
    .flatMap((document) => [
      ...leavesIn(document)
        .filter(({ condition }) => names(condition, part, nodesOf(configuration, document, part)))
        .map(({ path }) => toUse(document, path)),
      ...('option' in part ? answered(document, part) : []),
      ...('outcome' in part ? endedBy(document, part) : []),
    ]);
}

function names(condition: Condition, part: NamedPart, nodes: ReadonlySet<string>): boolean {
  if (!('of' in condition)) return false;
  const { of } = condition;
  if ('field' in part) return 'taskField' in of && of.taskField.field === part.field && nodes.has(of.taskField.node);
  const value = 'option' in part ? part.option : part.outcome;
  return looksAt(of, part, nodes) && valuesOf(condition).includes(value);
}

function looksAt(of: Operand, part: NamedPart, nodes: ReadonlySet<string>): boolean {
  if ('question' in part) return 'question' in of && of.question === part.question;
  return 'taskOutcome' in of && nodes.has(of.taskOutcome);
}

function valuesOf(condition: Condition): readonly unknown[] {
  if ('values' in condition) return condition.values;
  return 'value' in condition ? [condition.value] : [];
}

/** The nodes that stand for a task: those of the drawing itself, or of any drawing where a document has none. */
function nodesOf(configuration: Configuration, document: AnyDocument, part: NamedPart): ReadonlySet<string> {
  if (!('task' in part)) return none;
  const workflows = document.kind === 'workflow' ? [document] : Object.values(configuration.workflow);
  return new Set(
    workflows.flatMap(({ nodes }) =>
      Object.entries(nodes).flatMap(([key, node]) => (node.type === 'task' && node.task === part.task ? [key] : [])),
    ),
  );
}

const none: ReadonlySet<string> = new Set();

function answered(document: AnyDocument, { question, option }: { question: string; option: string }): Use[] {
  const answer = document.kind === 'test' ? document.answers?.[question] : undefined;
  const isNamed = answer === option || (Array.isArray(answer) && answer.some((one) => one === option));
  return isNamed ? [toUse(document, ['answers', question])] : [];
}

function endedBy(document: AnyDocument, { task, outcome }: { task: string; outcome: string }): Use[] {
  const ends = (recurrence: { until?: unknown } | undefined) =>
    typeof recurrence?.until === 'object' &&
    recurrence.until !== null &&
    'outcome' in recurrence.until &&
    recurrence.until.outcome === outcome;
  if (document.kind === 'task')
    return document.key === task && ends(document.recurrence) ? [toUse(document, ['recurrence', 'until'])] : [];
  if (document.kind !== 'workflow') return [];
  return Object.entries(document.nodes).flatMap(([key, node]) =>
    node.type === 'task' && node.task === task && ends(node.recurrence)
      ? [toUse(document, ['nodes', key, 'recurrence', 'until'])]
      : [],
  );
}
