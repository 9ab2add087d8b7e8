import { type LoadedConfiguration, loadConfiguration } from '../../../schemas/load-configuration.ts';

/** Tasks of a case's life, in a chain; after the fifth the case sleeps for a second. */
export const LIFE_TASKS = Array.from({ length: 10 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`);
const SLEEPS_AFTER = 't05';

const base = { format: 1, description: 'For the benchmark.' };

/**
 * What each task promises: nothing, as runtime.md describes the benchmark; an SLA target (a clock per task); or also an amber
 * warning and a ladder that tells the team.
 */
export type Promised = 'nothing' | 'slas' | 'ladders';

/**
 * The benchmark's workflow: an enquiry form, a case with a target, ten tasks with owner rules in a chain, one durable lag, an end
 * that closes the case.
 */
export function caseLifeConfiguration(promised: Promised = 'slas'): LoadedConfiguration {
  const documents = [
    {
      ...base,
      kind: 'settings',
      key: 'settings',
      title: 'Settings',
      organisation: 'Benchmark',
      zone: 'Europe/London',
      languages: ['en'],
      twoPersonPublish: false,
      allowedEmailDomains: [],
      checkSeverity: {},
      attributeDefinitions: {},
    },
    {
      ...base,
      kind: 'calendar',
      key: '24x7',
      title: 'Always',
      zone: 'Europe/London',
      alwaysOpen: true,
      closed: {},
      openings: {},
      weekly: {},
    },
    { ...base, kind: 'team', key: 'TEAM', title: 'Team', type: 'group' },
    { ...base, kind: 'question', key: 'age', title: 'Age', label: 'How old are you?', type: 'number' },
    form,
    ...LIFE_TASKS.map((key) => taskDocument(key, promised)),
    workflow,
    ...(promised === 'ladders' ? [ladder, template] : []),
  ];
  const loaded = loadConfiguration(
    documents.map((document) => ({ path: `${document.kind}/${document.key}.json`, text: JSON.stringify(document) })),
  );
  const broken = loaded.findings.find(({ severity }) => severity === 'error');
  if (broken) throw new Error(`the benchmark's configuration is broken: ${broken.message}`);
  // Seconds are not offered to people: the one lag of the benchmark is a sixtieth of a minute.
  const link = loaded.configuration.workflow.LIFE?.links[`${SLEEPS_AFTER}-next`];
  Object.assign(link ?? {}, { lag: { value: 1 / 60, unit: 'minutes', basis: 'working' }, calendar: '24x7' });
  return loaded;
}

const form = {
  ...base,
  kind: 'form',
  key: 'LIFE',
  title: 'Enquiry',
  declaration: 'True as far as I know.',
  sections: { enquiry: { order: 0, title: 'Enquiry' } },
  questions: { age: { library: 'age', order: 0, section: 'enquiry' } },
};

const template = {
  ...base,
  kind: 'template',
  key: 'plain',
  title: 'Plain',
  purpose: 'escalation',
  languages: {},
  variables: ['task.title'],
  channels: { inApp: '{{ task.title }} is due.' },
};

const ladder = {
  ...base,
  kind: 'ladder',
  key: 'L',
  title: 'Ladder',
  subject: 'task',
  ack: { holdFor: { value: 8, unit: 'hours' } },
  fallback: ['group:TEAM'],
  rungs: {
    amber: {
      order: 0,
      trigger: { on: 'warning' },
      to: ['group:TEAM'],
      channels: ['inApp'],
      template: 'plain',
      actions: [],
    },
    overdue: {
      order: 1,
      trigger: { on: 'breached' },
      to: ['group:TEAM'],
      channels: ['inApp'],
      template: 'plain',
      actions: [],
      repeat: { every: { value: 2, unit: 'hours' }, max: 3 },
    },
  },
};

const target = { value: 4, unit: 'hours' };
const SLA = { nothing: {}, slas: { target }, ladders: { target, amber: { percent: 75 } } };

function taskDocument(key: string, promised: Promised) {
  return {
    ...base,
    kind: 'task',
    key,
    title: `Task ${key}`,
    type: 'other',
    checklist: {},
    fields: {},
    holdReasons: {},
    outcomes: {},
    repeatable: false,
    ownerRules: { default: { order: 1, to: { by: 'group', group: 'TEAM' } } },
    sla: SLA[promised],
    ...(promised === 'ladders' ? { ladder: 'L' } : {}),
  };
}

const workflow = {
  ...base,
  kind: 'workflow',
  key: 'LIFE',
  title: 'A case’s life',
  audience: 'customer',
  calendar: '24x7',
  category: 'housing-options',
  form: 'LIFE',
  start: 'enquiry submitted',
  namedConditions: {},
  lanes: {},
  clocks: {},
  adviceRules: {},
  holdReasons: {},
  privateToOwner: false,
  reopen: 'resume',
  ownerRules: { default: { order: 1, to: { by: 'group', group: 'TEAM' } } },
  outcomes: { completed: { label: 'Completed', order: 1 } },
  retention: { from: 'closed', period: { unit: 'months', value: 72 } },
  sla: { target: { value: 20, unit: 'calendarDays' } },
  nodes: {
    ...Object.fromEntries(
      LIFE_TASKS.map((key, order) => [
        key,
        { type: 'task', task: key, order, activation: 'automatic', mandatory: true },
      ]),
    ),
    end: { type: 'end', order: LIFE_TASKS.length, outcome: 'completed' },
  },
  links: Object.fromEntries(
    LIFE_TASKS.map((from, order) => [`${from}-next`, { from, to: LIFE_TASKS[order + 1] ?? 'end', type: 'FS', order }]),
  ),
};
