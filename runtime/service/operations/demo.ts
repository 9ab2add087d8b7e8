import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { Answers } from '../../../schemas/condition.ts';
import { type CaseState, isOpenTask } from '../../engine/index.ts';
import { commandCase } from '../cases/command-case.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf } from '../db/database.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { submitEnquiry } from '../enquiries/submit-enquiry.ts';
import { Problem } from '../problem.ts';
import type { Service } from '../service.ts';
import { resourceSteps, type Step } from './demo-resources.ts';
import { passTimeTo } from './preview-clock.ts';

export const DEMO_IDENTITY = 'demo';
const DEMO_USER = 'demo-administrator';
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Ages of the sample cases in days, and how many tasks each has done; oldest first. */
const samples = [
  { workflow: 'HP', age: 50, done: 16 },
  { workflow: 'HR', age: 41, done: 14 },
  { workflow: 'DF', age: 36, done: 7 },
  { workflow: 'HZ', age: 27, done: 9 },
  { workflow: 'HP', age: 21, done: 8 },
  { workflow: 'RG', age: 17, done: 6 },
  { workflow: 'TR', age: 13, done: 5 },
  { workflow: 'HR', age: 9, done: 4 },
  { workflow: 'HP', age: 5, done: 2 },
  { workflow: 'MX', age: 4, done: 1 },
  { workflow: 'HZ', age: 2, done: 0 },
  { workflow: 'HP', age: 1, done: 0 },
] as const;

const names = [
  'Ada Example',
  'Ben Sample',
  'Cleo Specimen',
  'Dev Trial',
  'Eve Instance',
  'Finn Demo',
  'Gita Model',
  'Hal Pattern',
  'Ivy Copy',
  'Jon Draft',
  'Kay Mock',
  'Lee Proof',
];
const officers = ['Sam Officer', 'Priya Officer', 'Tom Officer'];

/** Sample people and cases, once: every name says that it is a sample, and the cases were lived by the real commands on a virtual clock. */
export async function makeDemo(service: Service, say: (text: string) => void): Promise<void> {
  const { organisation, identities, clock } = service;
  const release = await organisation.releases.newest();
  await makeDirectory(service, release);
  await identities.addIdentity(
    { id: DEMO_IDENTITY, organisation: organisation.id, user: DEMO_USER, login: 'demo', roles: ['administrator'] },
    Math.floor(Date.now() / 1000),
  );
  const [count] = await organisation.database.query('SELECT COUNT(*) AS n FROM cases');
  if (!count || intOf(count, 'n') > 0) return;
  const offset = clock.offset();
  const present = clock.now();
  say('first start: living the sample cases');
  try {
    await liveSamples(service, release, present, say);
  } finally {
    clock.follow(offset);
  }
}

/** Two people for every team of the configuration, and the administrator who belongs to all of them. */
async function makeDirectory({ organisation }: Service, { configuration }: LoadedRelease): Promise<void> {
  const teams = Object.values(configuration.team).filter((team) => team.type !== 'stakeholders');
  const people: RowChange[] = [
    person(
      DEMO_USER,
      'Demo Administrator (sample)',
      teams.map((team) => team.key),
      null,
    ),
    ...teams.flatMap((team) =>
      [1, 2].map((number) =>
        person(
          `${team.key.toLowerCase()}-${number}`,
          `${officers[(number + team.key.length) % officers.length]?.split(' ')[0]} ${team.title} ${number} (sample)`,
          [team.key],
          number === 1 ? DEMO_USER : `${team.key.toLowerCase()}-1`,
        ),
      ),
    ),
  ];
  await organisation.pump.submit({
    ...commandOf({ actor: 'system', key: 'system:demo-directory' }, organisation, 'makeDirectory'),
    streams: ['directory'],
    decide: () => ({
      moves: [{ stream: 'directory', kind: 'directory', by: 1 }],
      events: [],
      rows: people,
      response: null,
    }),
  });
  organisation.refresh();
}

function person(id: string, name: string, teams: readonly string[], manager: string | null): RowChange {
  return {
    table: 'directory_users',
    values: {
      id,
      name,
      email: `${id}@example.org`,
      teams: JSON.stringify(teams),
      manager,
      skills: '[]',
      active: 1,
      absences: '[]',
      sample: 1,
    },
  };
}

async function liveSamples(
  service: Service,
  release: LoadedRelease,
  present: number,
  say: (text: string) => void,
): Promise<void> {
  const work = (caseId: string, turn: number) => doOneTask(service, caseId, turn);
  const steps: Step[] = [
    ...samples.flatMap((sample, index) => stepsOf(service, release, sample, index, present)),
    ...resourceSteps(service, release, present, { actor: DEMO_USER, work }),
  ];
  steps.sort((a, b) => a.at - b.at);
  for (const step of steps) {
    await passTimeTo(service, step.at);
    await step.run().catch((error: unknown) => {
      // A sample that cannot go on stays where it is; the product starts all the same.
      if (!(error instanceof Problem)) throw error;
      say(`a sample case was left as it is: ${error.message}`);
    });
  }
  await passTimeTo(service, present);
}

function stepsOf(
  service: Service,
  release: LoadedRelease,
  sample: (typeof samples)[number],
  index: number,
  present: number,
): Step[] {
  const { organisation } = service;
  if (!release.configuration.workflow[sample.workflow]) return [];
  // Half past ten in the morning, UTC, of a day so long ago.
  const launchAt = Math.floor((present - sample.age * DAY) / DAY) * DAY + 10.5 * HOUR;
  let caseId: string | undefined;
  const launch: Step = {
    at: Math.min(launchAt, present),
    async run() {
      const answers = sampleAnswers(release, sample.workflow, index);
      const customer = { name: `${names[index] ?? 'Sample'} (sample)`, email: `sample-${index + 1}@example.org` };
      const submitted = await submitEnquiry(
        organisation,
        { workflow: sample.workflow, answers, customer },
        { actor: DEMO_USER, key: `system:sample-${index}`, channel: 'sample' },
      );
      caseId = submitted.caseId;
    },
  };
  const work = Array.from({ length: sample.done }, (_, turn): Step => {
    const at = launchAt + Math.round(((turn + 0.4) * sample.age * DAY * 0.8) / (sample.done + 1) / HOUR) * HOUR;
    return { at: Math.min(at, present), run: async () => void (caseId && (await doOneTask(service, caseId, turn))) };
  });
  return [launch, ...work];
}

/** Answers of a saved test of the workflow, else none. */
function sampleAnswers({ configuration }: LoadedRelease, workflow: string, index: number): Answers {
  const tests = Object.values(configuration.test).filter(
    (test) => test.workflow === workflow && test.answers !== undefined,
  );
  return tests[index % Math.max(1, tests.length)]?.answers ?? {};
}

/** Does what an officer does next: claims a waiting task, starts it, notes something, completes it. */
async function doOneTask(service: Service, caseId: string, turn: number): Promise<void> {
  const { organisation } = service;
  const [row] = await organisation.database.query(`SELECT ${STATE_COLUMNS} FROM cases c WHERE id = ?`, [caseId]);
  if (!row) return;
  const state = stateOf(row);
  const ready = Object.values(state.tasks).filter(
    (task) => isOpenTask(task) && (task.life === 'ready' || task.life === 'inProgress'),
  );
  const task = ready.sort((a, b) => dueOf(state, a.id) - dueOf(state, b.id))[0];
  if (!task) return;
  const send = (command: CaseCommand) => commandCase(organisation, caseId, command, { actor: task.owner ?? DEMO_USER });
  const configuration = (await organisation.releases.newest()).configuration;
  const node = configuration.workflow[state.workflow]?.nodes[task.node];
  const document = node?.type === 'task' ? configuration.task[node.task] : undefined;
  if (task.life === 'ready') await send({ type: 'startTask', task: task.id });
  if (turn % 2 === 0)
    await send({ type: 'addNote', task: task.id, text: 'Sample note: spoke to the customer, papers to follow.' });
  const outcome = Object.entries(document?.outcomes ?? {}).sort(([, a], [, b]) => a.order - b.order)[0]?.[0];
  const fields = Object.fromEntries(
    Object.entries(document?.fields ?? {}).flatMap(([key, field]) =>
      field.mandatory ? [[key, sampleField(field)]] : [],
    ),
  );
  await send({
    type: 'completeTask',
    task: task.id,
    ...(outcome === undefined ? {} : { outcome }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  });
}

function dueOf(state: CaseState, task: string): number {
  return Object.values(state.time[`task:${task}`]?.rows ?? {})[0]?.dueAt ?? Number.POSITIVE_INFINITY;
}

function sampleField(
  field: LoadedRelease['configuration']['task'][string]['fields'][string],
): string | number | boolean | string[] {
  const first = Object.keys(field.options ?? {})[0] ?? 'sample';
  switch (field.type) {
    case 'yesNo':
      return true;
    case 'number':
    case 'money':
      return 1;
    case 'date':
      return '2026-11-02';
    case 'time':
      return '10:00';
    case 'choice':
      return first;
    case 'multiChoice':
      return [first];
    case 'text':
    case 'longText':
    case 'file':
    case 'person':
    case 'agency':
      return 'sample';
  }
}
