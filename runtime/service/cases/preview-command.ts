import type { CommandPreview } from '../../../schemas/case-api.ts';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import { type CaseState, caseTimeline, decide, type Rejection } from '../../engine/index.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { caseSnapshots } from './case-snapshots.ts';
import { toCommandEnv } from './command-env.ts';
import { checkCorrection } from './correct-answers.ts';
import { type PreparedCase, prepareAsOf } from './prepare.ts';
import { readWorkloads, toLoads } from './workloads.ts';

/** What a command would do, decided and not stored: the cascade of a cancellation, what a new target moves, what answers change (P8, T11). */
export async function previewCommand(
  organisation: Organisation,
  caseId: string,
  command: CaseCommand,
  actor: string,
): Promise<CommandPreview> {
  const found = (await caseSnapshots.read(organisation.database, [caseId])).get(caseId);
  if (!found) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
  const prepared = await prepareAsOf(organisation, caseId, found.snapshot.fixed.answersRef);
  if (command.type === 'correctAnswers') checkCorrection(prepared, command.answers, organisation.clock.now());
  const { state } = found.snapshot;
  const loads = toLoads(await readWorkloads(organisation, prepared.weighed));
  const cursors = Object.fromEntries(organisation.cursors);
  const env = toCommandEnv(organisation, prepared, command, actor, { ...loads, cursors });
  const first = decide(prepared.bundle, state, command, env);
  if (first.ok) return { isAllowed: true, ...toldOf(prepared, state, first.events) };
  const confirm = confirmationOf(first.rejection);
  const second = confirm ? decide(prepared.bundle, state, { ...command, ...confirm } as CaseCommand, env) : first;
  const { code, reason } = first.rejection;
  const refused = { isAllowed: false, refusal: { code, reason } };
  if (second.ok && confirm) return { ...refused, confirm, ...toldOf(prepared, state, second.events) };
  const moves = movesOf(state, first.rejection.moves ?? []);
  return { ...refused, cancels: [], moves, differs: [], statements: { gained: [], lost: [] }, sentences: [] };
}

function confirmationOf({ cascade, moves, code }: Rejection): Record<string, unknown> | undefined {
  if (cascade) return { confirmed: [...cascade] };
  return moves && code === 'SUCCESSORS_WOULD_MOVE' ? { shiftSuccessors: true } : undefined;
}

type Drafts = Extract<ReturnType<typeof decide>, { ok: true }>['events'];

function toldOf(prepared: PreparedCase, state: CaseState, drafts: Drafts) {
  const titleOf = (node: string) => prepared.bundle.tasks[node]?.title ?? prepared.bundle.nodes[node]?.title ?? node;
  const corrected = drafts.find((draft) => draft.type === 'answersCorrected')?.payload;
  const events = drafts.map(({ personal: _personal, ...event }, at) => ({ ...event, seq: state.revision + at + 1 }));
  const told = caseTimeline(prepared.bundle, events, undefined, state).filter(({ kind }) => kind !== 'message');
  return {
    cancels: drafts.flatMap((draft) =>
      draft.type === 'taskCancelled'
        ? [{ task: draft.payload.task, title: state.tasks[draft.payload.task]?.title ?? draft.payload.task }]
        : [],
    ),
    moves: drafts.flatMap((draft) =>
      draft.type === 'taskRetargeted' ? movesOf(state, draft.payload.moves ?? []) : [],
    ),
    differs: (corrected?.differs ?? []).map((node) => ({ node, title: titleOf(node) })),
    statements: corrected?.statements ?? { gained: [], lost: [] },
    sentences: told.map(({ text }) => text),
  };
}

function movesOf(state: CaseState, moves: readonly { task: string; from: number; to: number }[]) {
  return moves.map((move) => ({ ...move, title: state.tasks[move.task]?.title ?? move.task }));
}
