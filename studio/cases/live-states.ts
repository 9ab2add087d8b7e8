import type { Configuration } from '../../schemas/configuration.ts';
import type { CasePage, DirectoryAnswer } from '../api/types.ts';
import { momentInWords } from '../words/date-words.ts';
import type { LiveState } from '../workflow-designer/drawing.ts';
import { ownerName } from './people.ts';

/** What each node's card says of its latest occurrence. */
export function toLive(
  page: CasePage,
  directory: DirectoryAnswer | undefined,
  configuration: Configuration,
): Record<string, LiveState> {
  const live: Record<string, LiveState> = {};
  for (const task of [...page.tasks].sort((a, b) => a.occurrence - b.occurrence)) {
    live[task.node] = {
      state: task.state,
      slaState: task.slaState,
      ...(task.owner || task.group ? { owner: ownerName(task, directory, configuration) } : {}),
      ...(task.dueAt && !task.endedAt ? { due: momentInWords(task.dueAt) } : {}),
    };
  }
  return live;
}
