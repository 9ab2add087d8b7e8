import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument } from '../../schemas/ladder.ts';
import {
  type CompiledCalendar,
  type Directory,
  SAMPLE_KEY,
  type ScriptedCommand,
  type Storyboard,
  tellStory,
  withSampleItem,
} from '../document/time-engine.ts';
import type { StoryItem } from './story-items.ts';

export interface ItemStory {
  item: StoryItem;
  owner: string | null;
  startedAt: number;
  until: number;
  directory: Directory;
  commands?: readonly ScriptedCommand[];
  /** Takes every rung's condition as true: for the drawing of all rungs. */
  allHold?: boolean;
}

/** The story of a ladder on one piece of work, or why it cannot be told: a half-written ladder never breaks the page. */
export function tryTellItem(
  configuration: Configuration,
  ladder: LadderDocument,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  { item, owner, allHold = false, ...script }: ItemStory,
): { story: Storyboard } | { problem: string } {
  const missing = [item.calendar, item.sla.target.calendar, ladder.calendar].find(
    (key) => key !== undefined && !Object.hasOwn(calendars, key),
  );
  if (missing !== undefined)
    return {
      problem:
        missing === ''
          ? 'Draw a calendar first: without one nothing is due.'
          : `There is no calendar “${missing}”, or its time zone is unknown. Choose another for the ladder or the work.`,
    };
  const { title, sla, calendar, team } = item;
  const assumed = allHold ? Object.fromEntries(Object.keys(ladder.rungs).map((key) => [key, true])) : {};
  try {
    const tried = withSampleItem(configuration, ladder, { title, sla, calendar, team, owner, assumed });
    return { story: tellStory(tried, SAMPLE_KEY, calendars, script) };
  } catch (error) {
    return { problem: `This cannot be told as it stands: ${(error as Error).message}` };
  }
}
