import type { OwnerRules } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { LadderDocument } from '../../schemas/ladder.ts';
import type { Sla } from '../../schemas/period.ts';
import { mainSla } from '../words/period-words.ts';

/** Work that a ladder watches, for its storyboard: its target, its calendar and whose it is. */
export interface StoryItem {
  /** Names it in the list. */
  id: string;
  title: string;
  sla: Sla;
  calendar: string;
  team: string;
}

/** What the ladder is used for in the draft, and a plain piece of work where it is used for nothing yet. */
export function storyItems(ladder: LadderDocument, configuration: Configuration): StoryItem[] {
  const found = Object.values(configuration.workflow).flatMap((workflow): StoryItem[] => {
    const of = (id: string, title: string, sla: Sla | undefined, rules: OwnerRules | undefined): StoryItem[] =>
      sla
        ? [{ id: `${workflow.key} ${id}`, title, sla, calendar: workflow.calendar, team: teamOf(rules, configuration) }]
        : [];
    if (ladder.subject === 'case')
      return workflow.ladder === ladder.key ? of('', workflow.title, mainSla(workflow.sla), workflow.ownerRules) : [];
    if (ladder.subject === 'clock') {
      return inOrder(workflow.clocks).flatMap((clock) =>
        clock.ladder === ladder.key
          ? of(clock.key, clock.title ?? clock.key, { target: clock.period, pausable: false }, workflow.ownerRules)
          : [],
      );
    }
    return inOrder(workflow.nodes).flatMap((node) => {
      if (node.type !== 'task') return [];
      const task = configuration.task[node.task];
      if ((node.ladder ?? task?.ladder) !== ladder.key) return [];
      const rules = node.ownerRules ?? task?.ownerRules;
      return of(node.key, node.title ?? task?.title ?? node.key, mainSla(node.sla ?? task?.sla), rules);
    });
  });
  return [...found, plainItem(ladder, configuration)];
}

function plainItem(ladder: LadderDocument, configuration: Configuration): StoryItem {
  const calendar = ladder.calendar ?? Object.values(configuration.workflow)[0]?.calendar ?? '';
  return {
    id: 'plain',
    title: { task: 'A task', case: 'A case', clock: 'A statutory clock' }[ladder.subject],
    sla: {
      target: { value: 5, unit: 'workingDays' },
      amber: { before: { value: 1, unit: 'workingDays' } },
    },
    calendar: Object.hasOwn(configuration.calendar, calendar)
      ? calendar
      : (Object.keys(configuration.calendar)[0] ?? ''),
    team: teamOf(undefined, configuration),
  };
}

function teamOf(rules: OwnerRules | undefined, configuration: Configuration): string {
  const to = inOrder(rules ?? {}).at(-1)?.to;
  const named = to && ('team' in to ? to.team : 'group' in to ? to.group : 'role' in to ? to.role : undefined);
  return named ?? Object.keys(configuration.team)[0] ?? '';
}
