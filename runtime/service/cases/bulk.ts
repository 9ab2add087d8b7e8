import type { BulkAnswer } from '../../../schemas/case-api.ts';
import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import type { CommandAnswer } from './case-change.ts';
import { commandCase, type Sender } from './command-case.ts';

/** Sends each command by itself, with its own transaction and audit: what is refused does not stop the rest (W4, L10). */
export async function commandCases(
  organisation: Organisation,
  commands: readonly { case: string; command: CaseCommand }[],
  sender: Sender,
  isVisible: (caseId: string) => boolean,
): Promise<BulkAnswer> {
  const results = await Promise.all(
    commands.map(async ({ case: id, command }, at) => {
      try {
        if (!isVisible(id)) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
        const own = sender.key === undefined ? sender : { ...sender, key: `${sender.key}:${at}` };
        const { response } = await commandCase(organisation, id, command, own);
        return { case: id, ok: true, revision: (response as CommandAnswer).revision };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { status, code, message: detail } = error;
        return { case: id, ok: false, problem: { status, code, detail } };
      }
    }),
  );
  const done = results.filter(({ ok }) => ok).length;
  return { done, refused: results.length - done, results };
}
