import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import type { AllowedCommands, CaseState, DecideEnv, Decision } from './types.ts';

/** What a command leads to: events, or a rejection with its reason (P8). */
export function decide(
  _bundle: CompiledWorkflow,
  _state: CaseState | null,
  _command: CaseCommand,
  _env: DecideEnv,
): Decision {
  return { ok: false, rejection: { code: 'NOT_READY', reason: 'Commands follow.', allowed: [] } };
}

/** The commands that the case and each of its tasks take now. */
export function allowedCommands(_bundle: CompiledWorkflow, _state: CaseState | null, _env: DecideEnv): AllowedCommands {
  return { case: [], tasks: {}, addable: [] };
}
