import { createHash } from 'node:crypto';
import { templateDigest } from '../../../../runtime/engine/index.ts';
import {
  advice,
  type Copy,
  clock,
  decision,
  end,
  flow,
  follow,
  is,
  ladder,
  link,
  node,
  offerLetter,
  recurs,
  rule,
  service,
  sms,
  task,
} from './changes.ts';

/** A mistake of the list of bad input: what is just accepted, what lies just beyond it, and the one finding that draws. */
export interface Edge {
  name: string;
  accepted: (copy: Copy) => void;
  refused: (copy: Copy) => void;
  finding: string;
}

const criticalActions = ['TR01', 'TR02', 'TR06', 'TR09', 'TR10', 'TR12'];

/** One entry for each kind of bad input that a configuration can hold. */
export const edges: Edge[] = [
  {
    name: 'a cycle through a decision',
    accepted: (c) => decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP04'),
    refused: (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP04');
      link(c, 'HP', 'back', 'HP04', 'D1');
    },
    finding: 'PLAN_CYCLE workflow/HP/links/back',
  },
  {
    name: 'a decision without default',
    accepted: (c) => decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03'),
    refused: (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03');
      delete (flow(c, 'HP').nodes['D1'] as { otherwise?: object }).otherwise;
      delete flow(c, 'HP').links['D1-otherwise'];
    },
    finding: 'DECISION_WITHOUT_DEFAULT workflow/HP/nodes/D1',
  },
  {
    name: 'a branch true at one age, and at none',
    accepted: (c) => decision(c, 'HP', 'D1', 'HP02', ages(18, 18), 'HP03', 'HP03'),
    refused: (c) => decision(c, 'HP', 'D1', 'HP02', ages(18, 17), 'HP03', 'HP03'),
    finding: 'BRANCH_NEVER_TRUE workflow/HP/nodes/D1/branches/yes/when',
  },
  {
    name: 'an end that only one way leads to, and that way from an end',
    accepted: (c) => {
      end(c, 'HP', 'DONE', 'HP13', 'completed');
      end(c, 'HP', 'LATER', 'HP12', 'withdrawn');
    },
    refused: (c) => {
      end(c, 'HP', 'DONE', 'HP13', 'completed');
      end(c, 'HP', 'LATER', 'DONE', 'withdrawn');
    },
    finding: 'END_UNREACHABLE workflow/HP/nodes/LATER',
  },
  {
    name: 'a mandatory task behind a manual one, with and without another way',
    accepted: (c) => {
      node(c, 'HP', 'HP02', { activation: 'manual' });
      link(c, 'HP', 'past', 'HP01', 'HP03');
    },
    refused: (c) => node(c, 'HP', 'HP02', { activation: 'manual' }),
    finding: 'MANDATORY_BEHIND_MANUAL workflow/HP/nodes/HP03',
  },
  {
    name: 'a recurrence that ends after one time, and never',
    accepted: (c) => recurs(c, { until: 'none', max: 1 }),
    refused: (c) => recurs(c, { until: 'none' }),
    finding: 'RECURRENCE_WITHOUT_END task/SP02/recurrence',
  },
  {
    name: 'a lag as long as the SLA, and a day longer',
    accepted: (c) => wait(c, 70),
    refused: (c) => wait(c, 71),
    finding: 'LAG_EXCEEDS_SLA workflow/TR/links/wait/lag',
  },
  {
    name: 'a repeatable task twice in support, and a task twice in housing options',
    accepted: (c) => again(c, 'SP', 'SP03'),
    refused: (c) => again(c, 'HP', 'HP07'),
    finding: 'TASK_TWICE workflow/HP/nodes/AGAIN/task',
  },
  {
    name: 'a rung that follows another, and two that follow each other',
    accepted: (c) => follow(c, 'L-STD', 1, 0),
    refused: (c) => {
      follow(c, 'L-STD', 0, 1);
      follow(c, 'L-STD', 1, 0);
    },
    finding: 'LADDER_LOOP ladder/L-STD/rungs/amber',
  },
  {
    name: 'a group asked for as the group it is, and as a role',
    accepted: (c) => ladder(c, 'L-STD', { fallback: ['group:LEGAL'] }),
    refused: (c) => ladder(c, 'L-STD', { fallback: ['role:LEGAL'] }),
    finding: 'ROLE_DEAD ladder/L-STD/fallback/0',
  },
  {
    name: 'a ladder with one fallback, and with none',
    accepted: (c) => ladder(c, 'L-STD', { fallback: ['role:SM'] }),
    refused: (c) => ladder(c, 'L-STD', { fallback: [] }),
    finding: 'LADDER_WITHOUT_FALLBACK ladder/L-STD/fallback',
  },
  {
    name: 'a placeholder every message fills, and one that none does',
    accepted: (c) => sms(c, '{{ task.title }}'),
    refused: (c) => sms(c, '{{ task.colour }}'),
    finding: 'TEMPLATE_PLACEHOLDER_UNKNOWN template/overdue/channels/sms',
  },
  {
    name: 'a name in a text message, and a sensitive answer',
    accepted: (c) => sms(c, 'Case {{ case.reference }}'),
    refused: (c) => sms(c, 'Harm: {{ answers.harm }}'),
    finding: 'SENSITIVE_FIELD_IN_CHANNEL template/overdue/channels/sms',
  },
  {
    name: 'a placeholder of an offer in the letter of an offer, and one of a task',
    accepted: (c) => offerLetter(c, '{{ resource.title }}'),
    refused: (c) => offerLetter(c, '{{ task.title }}'),
    finding: 'TEMPLATE_PLACEHOLDER_UNKNOWN template/offer-made/channels/letter',
  },
  {
    name: 'owner rules of which the last has no condition, and all have one',
    accepted: (c) => ownersOf(c, { first: withCondition(0), last: withoutCondition(1) }),
    refused: (c) => ownersOf(c, { first: withCondition(0), last: withCondition(1) }),
    finding: 'ALLOCATION_FALLS_THROUGH task/HP07/ownerRules',
  },
  {
    name: 'an action path of one action too many, and of none',
    accepted: (c) => service(c, { actionPath: [...criticalActions, 'TR04'] }),
    refused: (c) => service(c, { actionPath: [] }),
    finding: 'ACTION_PATH_EMPTY service-type/TRAINING/actionPath',
  },
  {
    name: 'an action path of exactly the actions computed critical, and one short of them',
    accepted: (c) => service(c, { actionPath: criticalActions }),
    refused: (c) => service(c, { actionPath: criticalActions.filter((action) => action !== 'TR09') }),
    finding: 'ACTION_PATH_MISSES_CRITICAL service-type/TRAINING/actionPath',
  },
  {
    name: 'keys that look alike, and keys that differ only in case',
    accepted: (c) => milestone(c, 'RVO1'),
    refused: (c) => milestone(c, 'rv01'),
    finding: 'KEY_TWICE workflow/RV/nodes/rv01',
  },
  {
    name: 'exclusive statements that follow each other from one day to the next, and that share a day',
    accepted: (c) => transition(c, '2026-08-01'),
    refused: (c) => transition(c, '2026-07-31'),
    finding: 'ADVICE_EXCLUSIVE_MEET workflow/HP/adviceRules/HP5',
  },
  {
    name: 'a clock that must contain a task done where its condition holds, and one that is added by hand',
    accepted: (c) => {
      node(c, 'RV', 'RV05', { activation: { when: is('decision_type', 'not_eligible') } });
      clock(c, 'RV', 'RV-8W', { mustContain: ['RV05'] });
    },
    refused: (c) => clock(c, 'RV', 'RV-8W', { mustContain: ['RV05'] }),
    finding: 'CLOCK_PROOF_LEAVES_OUT workflow/RV/clocks/RV-8W/mustContain/0',
  },
  {
    name: 'a clock that must contain tasks and starts with a planned task or a manual one, and with a manual one alone',
    accepted: (c) => clock(c, 'RV', 'RV-8W', { anchor: { completionOf: ['RV05', 'RV01'] } }),
    refused: (c) =>
      clock(c, 'RV', 'RV-8W', { anchor: { completionOf: ['RV05'] }, when: is('decision_type', 'not_eligible') }),
    finding: 'CLOCK_PROOF_NO_ANCHOR workflow/RV/clocks/RV-8W/anchor/completionOf',
  },
  {
    name: 'statements of which a year of age tells the answers apart, and none does',
    accepted: (c) => {
      rule(c, 'HP', 'HP6', { when: ages(18, 64) });
      rule(c, 'HP', 'HP10', { when: ages(19, 65) });
    },
    refused: (c) => {
      rule(c, 'HP', 'HP6', { when: ages(18, 65) });
      rule(c, 'HP', 'HP10', { when: ages(18, 65) });
    },
    finding: 'ADVICE_DUPLICATE workflow/HP/adviceRules/HP10/when',
  },
  {
    name: 'statements that each bring a year of age of their own, and one within the other',
    accepted: (c) => {
      rule(c, 'HP', 'HP6', { when: ages(18, 64) });
      rule(c, 'HP', 'HP10', { when: ages(19, 65) });
    },
    refused: (c) => {
      rule(c, 'HP', 'HP6', { when: ages(18, 65) });
      rule(c, 'HP', 'HP10', { when: ages(19, 65) });
    },
    finding: 'ADVICE_IMPLIED workflow/HP/adviceRules/HP10/when',
  },
  {
    name: 'a clock anchored on a task that may never happen, with the condition under which it runs and without',
    accepted: (c) => review(c, { when: is('medical', 'yes') }),
    refused: (c) => review(c, {}),
    finding: 'CLOCK_ANCHOR_OPTIONAL workflow/RG/clocks/RG-REVIEW/anchor/completionOf',
  },
  {
    name: 'a number between limits that are the same, and one between limits that leave none',
    accepted: (c) => limits(c, 18),
    refused: (c) => limits(c, 17),
    finding: 'VALIDATION_RANGE_EMPTY form/HP/questions/age/validation/min',
  },
  {
    name: 'a recurrence that ends on the first day checked, and the day before',
    accepted: (c) => recurs(c, { until: { date: '2026-11-21' } }),
    refused: (c) => recurs(c, { until: { date: '2026-11-20' } }),
    finding: 'RECURRENCE_PAST task/SP02/recurrence/until/date',
  },
  {
    name: 'a decision by the outcome of the task before it, and of the task behind it',
    accepted: (c) => decision(c, 'HP', 'D1', 'HP02', outcome(c, 'HP02'), 'HP03', 'HP03'),
    refused: (c) => decision(c, 'HP', 'D1', 'HP02', outcome(c, 'HP03'), 'HP03', 'HP03'),
    finding: 'TASK_RESULT_TOO_LATE workflow/HP/nodes/D1/branches/yes/when',
  },
  {
    name: 'a translation of the text as it is, and of the text with a space more',
    accepted: (c) => translated(c, ''),
    refused: (c) => translated(c, ' '),
    finding: 'ADVICE_TRANSLATION_OLD advice/TR1/translations/cy',
  },
  {
    name: 'a message in Welsh made from the texts as they are, and from texts of which one lost its full stop since',
    accepted: (c) => welsh(c),
    refused: (c) => {
      welsh(c);
      sms(c, '{{ task.title }} for case {{ case.reference }} was due {{ due.text }} and is not complete');
    },
    finding: 'TEMPLATE_TRANSLATION_OLD template/overdue/languages/cy',
  },
  {
    name: 'a statement that names a subgroup, for those alone and for everybody',
    accepted: (c) => advice(c, 'G6', { body: 'If you are pregnant, tell us.', when: is('pregnant', 'yes') }),
    refused: (c) => advice(c, 'G6', { body: 'If you are pregnant, tell us.' }),
    finding: 'ADVICE_SUBGROUP advice/G6/body',
  },
];

function ages(least: number, most: number): object {
  const of = { question: 'age' };
  return {
    op: 'all',
    conditions: [
      { op: 'atLeast', of, value: least },
      { op: 'atMost', of, value: most },
    ],
  };
}

/** Two milestones of the training course that wait so many days for each other; its SLA is 70 calendar days. */
function wait(copy: Copy, days: number): void {
  const { nodes, links } = flow(copy, 'TR');
  nodes['EARLY'] = { type: 'milestone', order: 90, stage: 'Early' };
  nodes['LATE'] = { type: 'milestone', order: 91, stage: 'Late' };
  const lag = { value: days, unit: 'calendarDays', basis: 'working' } as const;
  links['wait'] = { order: 90, from: 'EARLY', to: 'LATE', type: 'FS', lag };
}

function again(copy: Copy, workflow: string, key: string): void {
  flow(copy, workflow).nodes['AGAIN'] = { type: 'task', order: 90, task: key, activation: 'manual', mandatory: false };
}

function ownersOf(copy: Copy, ownerRules: object): void {
  task(copy, 'HP07', { ownerRules });
}

const withCondition = (order: number) => ({ order, when: is('safe', 'yes'), to: { by: 'group', group: 'LEGAL' } });
const withoutCondition = (order: number) => ({ order, to: { by: 'role', role: 'MONEY' } });

function milestone(copy: Copy, key: string): void {
  flow(copy, 'RV').nodes[key] = { type: 'milestone', order: 99, stage: 'Here' };
  link(copy, 'RV', 'new', 'RV01', key);
}

/** Two statements about section 21 that exclude each other; the first holds to 31 July 2026. */
function transition(copy: Copy, from: string): void {
  advice(copy, 'HP5', { effectiveFrom: from });
  for (const key of ['HP4', 'HP5']) rule(copy, 'HP', key, { when: is('notice', 's21'), exclusiveGroup: 'transition' });
}

function limits(copy: Copy, max: number): void {
  Object.assign(copy.form['HP']?.questions['age'] ?? {}, { validation: { min: 18, max, whole: true } });
}

function outcome(copy: Copy, key: string): object {
  const [value = ''] = Object.keys(copy.task[key]?.outcomes ?? {});
  return { op: 'is', of: { taskOutcome: key }, value };
}

function review(copy: Copy, fields: object): void {
  clock(copy, 'RG', 'RG-REVIEW', { anchor: { completionOf: ['RG04'] }, ...fields });
}

/** A variant in Welsh, marked as made from the texts as they are now. */
function welsh(copy: Copy): void {
  const template = copy.template['overdue'];
  if (!template) throw new Error('expected a template overdue');
  Object.assign(template, { languages: { cy: { inApp: 'Hwyr.' } }, translates: { cy: templateDigest(template) } });
}

/** A translation names the text it is of by the SHA-256 of title, line end and body. */
function translated(copy: Copy, more: string): void {
  const { title = '', body = '' } = copy.advice['TR1'] ?? {};
  const of = createHash('sha256').update(`${title}\n${body}${more}`).digest('hex');
  advice(copy, 'TR1', { translations: { cy: { title: 'Cyrsiau', body: 'Testun.', of } } });
}
