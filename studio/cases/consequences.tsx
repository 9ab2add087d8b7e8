import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { ApiProblem } from '../api/client.ts';
import { dateInWords } from '../words/date-words.ts';

/** What else a command would do, and what to add to it so that it is done all the same. */
export interface Consequence {
  readonly title: string;
  readonly lines: readonly string[];
  readonly confirm: Readonly<Record<string, unknown>>;
  /** What the button says then. */
  readonly button: string;
}

interface Move {
  task: string;
  from: number;
  to: number;
}

/** Reads from a refusal what would be cancelled or moved too (P8, T11); undefined when there is nothing to agree to. */
export function consequenceOf(
  problem: ApiProblem,
  type: CaseCommandType,
  titleOf: (task: string) => string,
): Consequence | undefined {
  const allowed = problem.body['allowed'] as { cascade?: string[]; moves?: Move[] } | undefined;
  if (type === 'cancelTask' && allowed?.cascade) {
    const { cascade } = allowed;
    return {
      title:
        cascade.length === 1
          ? 'One task that follows is cancelled too:'
          : `${cascade.length} tasks that follow are cancelled too:`,
      lines: cascade.map(titleOf),
      confirm: { confirmed: cascade },
      button: `Cancel all ${cascade.length + 1}`,
    };
  }
  if (problem.code === 'SUCCESSORS_WOULD_MOVE' && allowed?.moves) {
    return {
      title: 'These tasks move with it:',
      lines: allowed.moves.map(({ task, from, to }) => `${titleOf(task)}: from ${dayOf(from)} to ${dayOf(to)}`),
      confirm: { shiftSuccessors: true },
      button: 'Move them all',
    };
  }
  return undefined;
}

function dayOf(at: number): string {
  return dateInWords(new Date((at - 1) * 1000).toISOString().slice(0, 10));
}

/** The list a person agrees to before the command is sent again. */
export function Consequences({ consequence }: { consequence: Consequence }) {
  return (
    <div role="alert">
      <p style={{ margin: 0, fontWeight: 600 }}>{consequence.title}</p>
      <ul style={{ margin: '6px 0 0', paddingInlineStart: 20 }}>
        {consequence.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
