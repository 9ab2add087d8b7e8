import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { DecideEnv } from '../../engine/index.ts';
import { newId } from '../commit/new-id.ts';
import type { Organisation } from '../organisation.ts';
import { advisedByCorrection } from './correct-answers.ts';
import type { PreparedCase } from './prepare.ts';

/** What the decision of a command looks at beside the case; `shared` is what cases share. */
export function toCommandEnv(
  organisation: Organisation,
  prepared: PreparedCase,
  command: CaseCommand,
  actor: string,
  shared: Pick<DecideEnv, 'cursors' | 'loads' | 'lastAllocated' | 'isLive'>,
): DecideEnv {
  const now = organisation.clock.now();
  const env = Object.assign(new SealedAnswers(prepared), prepared.env, shared, { now, actor, ids: newId });
  if (command.type !== 'correctAnswers') return env;
  const advised = advisedByCorrection(prepared, command.answers, now);
  return advised ? Object.assign(env, { advised }) : env;
}

/** The answers of a case: opened where a condition asks for them, which few commands come to. */
class SealedAnswers {
  readonly #prepared: PreparedCase;

  constructor(prepared: PreparedCase) {
    this.#prepared = prepared;
  }

  get answers(): Answers {
    return this.#prepared.answers;
  }
}
