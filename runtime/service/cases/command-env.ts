import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { DecideEnv } from '../../engine/index.ts';
import { newId } from '../commit/new-id.ts';
import type { Organisation } from '../organisation.ts';
import { advisedByCorrection } from './correct-answers.ts';
import type { PreparedCase } from './prepare.ts';

/** What the decision of a command looks at beside the case, without what cases share. */
export function toCommandEnv(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  actor: string,
): Omit<DecideEnv, 'cursors' | 'loads' | 'lastAllocated'> {
  const now = organisation.clock.now();
  const advised = command.type === 'correctAnswers' ? advisedByCorrection(prepared, command.answers, now) : undefined;
  return {
    ...prepared.env,
    now,
    actor,
    ids: newId,
    get answers() {
      return prepared.answers;
    },
    ...(advised ? { advised } : {}),
  };
}
