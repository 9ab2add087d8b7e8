import type { AnyDocument, Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { documentKinds } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { toPointer } from '../../../schemas/shape.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateInWords } from '../calendar/dates.ts';
import { planWorkflow } from '../plan/plan.ts';
import { documentSentences } from './document-sentences.ts';
import { changedParts, isSame } from './parts.ts';
import { asSentence } from './words.ts';

/** One document that differs, in sentences for people and in parts for the canvas (R4). */
export interface DocumentDiff {
  readonly document: string;
  readonly title: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly sentences: readonly string[];
  /** Where it differs; empty for whole documents added or removed. */
  readonly parts: readonly { readonly pointer: string; readonly from?: unknown; readonly to?: unknown }[];
}

export interface DiffOptions {
  /** Start day for which planned finishes are compared. */
  readonly start: LocalDate;
  readonly calendars: {
    readonly before: Readonly<Record<string, CompiledCalendar>>;
    readonly after: Readonly<Record<string, CompiledCalendar>>;
  };
}

/** What differs between two configurations (R4): document by document, then what becomes of the plans. */
export function diffConfigurations(before: Configuration, after: Configuration, options?: DiffOptions): DocumentDiff[] {
  const diffs = documentKinds.flatMap((kind) => diffKind(before, after, kind));
  return options ? diffs.map((diff) => withPlan(diff, before, after, options, diffs)) : diffs;
}

function diffKind(before: Configuration, after: Configuration, kind: DocumentKind): DocumentDiff[] {
  const [old, now] = [before[kind] as Documents, after[kind] as Documents];
  const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])].sort();
  return keys.flatMap((key): DocumentDiff[] => {
    const diff = diffDocument(old[key], now[key]);
    return diff ? [diff] : [];
  });
}

type Documents = Readonly<Record<string, AnyDocument>>;

/** How one document differs; undefined where it does not. */
export function diffDocument(from: AnyDocument | undefined, to: AnyDocument | undefined): DocumentDiff | undefined {
  const either = to ?? from;
  if (!either || (from && to && isSame(from, to))) return undefined;
  const head = { document: `${either.kind}/${either.key}`, title: either.title };
  const name = `${either.kind} ${either.key} (${either.title})`;
  if (!from) return { ...head, change: 'added', sentences: [`${name} is new.`], parts: [] };
  if (!to) return { ...head, change: 'removed', sentences: [`${name} is gone.`], parts: [] };
  const said = documentSentences(from, to).map(asSentence);
  return {
    ...head,
    change: 'changed',
    sentences: said.length > 0 ? said : [`The order of things in ${either.kind} ${either.key} changed.`],
    parts: changedParts(from, to).map(({ path, ...values }) => ({ pointer: toPointer(path), ...values })),
  };
}

/** Adds to a workflow's sentences how its planned finish moves, for its own changes or those of its tasks. */
function withPlan(
  diff: DocumentDiff,
  before: Configuration,
  after: Configuration,
  options: DiffOptions,
  all: readonly DocumentDiff[],
): DocumentDiff {
  const [kind, key = ''] = diff.document.split('/');
  const workflows =
    kind === 'workflow' ? [key] : kind === 'task' && diff.change === 'changed' ? usersOf(after, key, all) : [];
  const moves = workflows.flatMap((workflow) => finishSentence(workflow, before, after, options));
  return moves.length === 0 ? diff : { ...diff, sentences: [...diff.sentences, ...moves] };
}

/** Workflows that use a task and have no change of their own, which would say it already. */
function usersOf(configuration: Configuration, task: string, all: readonly DocumentDiff[]): string[] {
  return Object.values(configuration.workflow)
    .filter((workflow) => Object.values(workflow.nodes).some((node) => node.type === 'task' && node.task === task))
    .map((workflow) => workflow.key)
    .filter((key) => !all.some((diff) => diff.document === `workflow/${key}`));
}

/** `Planned finish of HP moves from 26 January 2027 to 24 January 2027, starting 23 November 2026.` */
function finishSentence(key: string, before: Configuration, after: Configuration, options: DiffOptions): string[] {
  const { start, calendars } = options;
  const old = before.workflow[key] && planWorkflow(before, key, start, calendars.before);
  const now = after.workflow[key] && planWorkflow(after, key, start, calendars.after);
  if (!old?.ok || !now?.ok || old.plan.finish === now.plan.finish) return [];
  return [
    `Planned finish of ${key} moves from ${dateInWords(old.plan.finish)} to ${dateInWords(now.plan.finish)}, starting ${dateInWords(start)}.`,
  ];
}
