import { parseDocument } from '../../../schemas/load-configuration.ts';
import { applyCommand, type EditResult } from './apply-command.ts';
import type { DraftContent, EditCommand } from './command.ts';

/** Applies one command, whole or not at all, with every schema at hand; answers the new content with the inverse, or the reason it is refused (S8 for cycles). */
export function applyEdit(content: DraftContent, command: EditCommand): EditResult {
  return applyCommand(content, command, parseDocument);
}
