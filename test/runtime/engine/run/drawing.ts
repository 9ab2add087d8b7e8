import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../../../../runtime/engine/compile/compiled-workflow.ts';
import type { Directory } from '../../../../runtime/engine/run/types.ts';
import { CalendarDocument } from '../../../../schemas/calendar.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../../schemas/empty-configuration.ts';
import { LadderDocument, TeamDocument } from '../../../../schemas/ladder.ts';
import { TaskDocument } from '../../../../schemas/task.ts';
import { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { calendarsOf, type Player, type PlayerOptions, playerOf } from './case-player.ts';

type Loose = Record<string, unknown>;

/** What a test says about its drawing; the rest is filled in. */
export interface Drawing {
  /** Nodes by key: a task's own fields beside `task: {...}` for its document, or a whole node of another type. */
  readonly nodes: Record<string, Loose & { task?: Loose }>;
  /** `A>B`, `A>B SS`, with more fields of the link where needed. */
  readonly links?: readonly (string | (Loose & { from: string; to: string }))[];
  readonly ladders?: Record<string, Loose>;
  readonly workflow?: Loose;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const holdReasons = {
  waiting: { order: 1, label: 'Waiting for the applicant' },
  court: { order: 2, label: 'Waiting for a court' },
};

/** Monday to Friday, 09:00 to 17:00 in London, no holidays. */
const office = CalendarDocument.parse({
  kind: 'calendar',
  format: 1,
  key: 'office',
  title: 'Office',
  zone: 'Europe/London',
  weekly: Object.fromEntries(weekdays.map((day) => [day, [{ start: '09:00', end: '17:00' }]])),
  closed: {},
  openings: {},
});

export const staff: Directory = {
  users: {
    amira: { name: 'Amira', email: 'amira@council.test', teams: ['officers'], manager: 'lee', active: true },
    ben: { name: 'Ben', teams: ['officers'], manager: 'lee', active: true },
    cara: { name: 'Cara', teams: ['officers'], active: true, skills: ['welsh'] },
    lee: { name: 'Lee', teams: ['leaders'], active: true },
  },
};

/** Configuration with one workflow `W` drawn as told. */
export function draw({ nodes, links = [], ladders = {}, workflow = {} }: Drawing): Configuration {
  const configuration = emptyConfiguration();
  configuration.calendar = { office };
  configuration.team = Object.fromEntries(
    ['officers', 'leaders'].map((key) => [
      key,
      TeamDocument.parse({ kind: 'team', format: 1, key, title: key, type: 'group' }),
    ]),
  );
  configuration.ladder = Object.fromEntries(Object.entries(ladders).map(([key, own]) => [key, toLadder(key, own)]));
  configuration.task = Object.fromEntries(
    Object.entries(nodes).flatMap(([key, { type, task = {} }]) =>
      type === undefined ? [[key, toTask(key, task)]] : [],
    ),
  );
  configuration.workflow = { W: toWorkflow(nodes, links, workflow) };
  return configuration as Configuration;
}

function toTask(key: string, own: Loose): TaskDocument {
  return TaskDocument.parse({
    kind: 'task',
    format: 1,
    key,
    title: `Task ${key}`,
    type: 'check',
    sla: { target: { value: 5, unit: 'workingDays' } },
    ownerRules: { last: { order: 1, to: { by: 'group', group: 'officers' } } },
    repeatable: false,
    fields: {},
    outcomes: {},
    checklist: {},
    holdReasons,
    ...own,
  });
}

function toLadder(key: string, own: Loose): LadderDocument {
  const rungs = Object.entries(own['rungs'] as Record<string, Loose>).map(([rung, fields], order) => [
    rung,
    { order, to: ['owner'], channels: ['inApp'], template: 'none', actions: [], ...fields },
  ]);
  return LadderDocument.parse({
    kind: 'ladder',
    format: 1,
    key,
    title: key,
    subject: 'task',
    ack: { holdFor: { value: 8, unit: 'hours' } },
    fallback: ['group:leaders'],
    ...own,
    rungs: Object.fromEntries(rungs),
  });
}

function toWorkflow(nodes: Drawing['nodes'], links: NonNullable<Drawing['links']>, own: Loose): WorkflowDocument {
  const drawn = Object.entries(nodes).map(([key, { task: _task, ...fields }], order) => [
    key,
    fields['type'] === undefined
      ? { type: 'task', order, task: key, activation: 'automatic', mandatory: false, ...fields }
      : { order, ...fields },
  ]);
  const joined = links.map((link, order) => {
    if (typeof link !== 'string') return [`l${order}`, { order, type: 'FS', ...link }];
    const [, from, to, type = 'FS'] = /^(\w+)>(\w+)(?: (\w+))?$/.exec(link) ?? [];
    return [`l${order}`, { order, from, to, type }];
  });
  return WorkflowDocument.parse({
    kind: 'workflow',
    format: 1,
    key: 'W',
    title: 'Workflow W',
    category: 'general',
    audience: 'internal',
    privateToOwner: false,
    calendar: 'office',
    start: 'by hand',
    sla: { target: { value: 60, unit: 'workingDays' } },
    namedConditions: {},
    reopen: 'resume',
    ownerRules: { last: { order: 1, to: { by: 'roundRobin', team: 'officers' } } },
    nodes: Object.fromEntries(drawn),
    links: Object.fromEntries(joined),
    lanes: {},
    clocks: {},
    adviceRules: {},
    holdReasons,
    outcomes: { done: { order: 1, label: 'Done' } },
    retention: { period: { value: 72, unit: 'months' }, from: 'closed' },
    ...own,
  });
}

/** The compiled drawing, as plain JSON that a test may alter. */
export function compiled(drawing: Drawing): CompiledWorkflow {
  return JSON.parse(JSON.stringify(compileWorkflow({ configuration: draw(drawing) }, 'W')));
}

/** A player of a drawing, launched on Monday 4 January 2027 at 10:00. */
export function launchedCase(drawing: Drawing, options: Partial<PlayerOptions> & { receivedAt?: number } = {}): Player {
  const player = playerOf({
    bundle: options.bundle ?? compiled(drawing),
    calendars: calendarsOf(draw(drawing)),
    directory: staff,
    ...options,
  });
  const { answers = {}, receivedAt } = options;
  player.send(MONDAY, { type: 'launch', answers, ...(receivedAt === undefined ? {} : { receivedAt }) });
  return player;
}

/** Monday 4 January 2027, 10:00 in London. */
export const MONDAY = Date.parse('2027-01-04T10:00:00Z') / 1000;
export const HOUR = 3600;
export const DAY = 86_400;

/** Life of every task and state of every other node. */
export function lives(player: Player): Record<string, string> {
  const { tasks, steps } = player.state;
  return {
    ...Object.fromEntries(Object.values(tasks).map(({ id, life }) => [id, life])),
    ...Object.fromEntries(Object.values(steps).map(({ node, state }) => [node, state])),
  };
}
