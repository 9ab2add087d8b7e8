import type { DraftContent } from '../../../../runtime/engine/edit/command.ts';
import { newTaskDocument } from '../../../../runtime/engine/edit/new-task.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../../schemas/empty-configuration.ts';
import { WorkflowDocument } from '../../../../schemas/workflow.ts';

/** A draft with workflow W: A -> B -> C, and D alone. */
export function smallDraft(): DraftContent {
  const node = (key: string, order: number) => ({
    type: 'task',
    order,
    task: key,
    activation: 'automatic',
    mandatory: false,
  });
  const workflow = WorkflowDocument.parse({
    kind: 'workflow',
    format: 1,
    key: 'W',
    title: 'Small workflow',
    category: 'general',
    audience: 'internal',
    privateToOwner: false,
    calendar: 'office',
    start: 'by hand',
    sla: { target: { value: 20, unit: 'workingDays' } },
    namedConditions: {},
    reopen: 'resume',
    ownerRules: { first: { order: 1, to: { by: 'group', group: 'DUTY' } } },
    nodes: { A: node('A', 1), B: node('B', 2), C: node('C', 3), D: node('D', 4) },
    links: { ab: { order: 1, from: 'A', to: 'B', type: 'FS' }, bc: { order: 2, from: 'B', to: 'C', type: 'FS' } },
    lanes: {},
    clocks: {},
    adviceRules: {},
    holdReasons: {},
    outcomes: {},
    retention: { period: { value: 12, unit: 'months' }, from: 'closed' },
  });
  const tasks = ['A', 'B', 'C', 'D', 'E'].map((key) => [key, newTaskDocument(key, `Task ${key}`)]);
  const configuration = {
    ...emptyConfiguration(),
    workflow: { W: workflow },
    task: Object.fromEntries(tasks),
  } as Configuration;
  const positions = { A: { x: 0, y: 0 }, B: { x: 0, y: 100 } };
  return { configuration, layouts: { W: { kind: 'layout', format: 1, key: 'W', positions } } };
}
