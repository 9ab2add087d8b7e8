import type { CaseCommand } from '../../../schemas/case-command.ts';
import { Problem } from '../problem.ts';

const ways: Partial<Record<CaseCommand['type'], string>> = {
  launch: 'an enquiry launches a case',
  advance: 'the clock advances it',
  attachDocument: 'upload the document to /cases/{id}/attachments',
};

/** Refuses commands that come about in another way than by being sent. Throws 409. */
export function refuseNotByHand({ type }: CaseCommand): void {
  const way = ways[type];
  if (way !== undefined) throw new Problem(409, 'NOT_BY_HAND', `"${type}" is not sent by hand: ${way}.`);
}
