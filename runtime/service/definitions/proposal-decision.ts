import type { GroupView } from '../commit/group-view.ts';
import type { Change } from '../commit/pump.ts';
import { Problem } from '../problem.ts';

export const proposalStream = (id: string) => `proposal:${id}`;

/** Putting it forward is its first move, the decision its second and last. */
const OPEN_REVISION = 1;

/** A proposal published as `release`, or withdrawn. */
export interface Decision {
  proposal: string;
  by: string;
  at: number;
  release: number | null;
}

/** Decides a proposal, in the same command as what follows from it. Throws 409 where somebody was first. */
export function decideProposal(
  view: GroupView,
  { proposal, by, at, release }: Decision,
): Pick<Change, 'moves' | 'rows'> {
  const stream = proposalStream(proposal);
  if (view.revision(stream) !== OPEN_REVISION)
    throw new Problem(409, 'PROPOSAL_DECIDED', 'Somebody decided the proposal meanwhile: look at it again.');
  const state = release === null ? 'withdrawn' : 'published';
  return {
    moves: [{ stream, kind: 'proposal', by: 1 }],
    rows: [{ table: 'decided_proposals', values: { id: proposal, state, decided_by: by, decided_at: at, release } }],
  };
}
