import type { Configuration } from '../../../../schemas/configuration.ts';
import type { Mutable } from '../../../support/configuration.ts';
import {
  advice,
  type Copy,
  caseSla,
  clock,
  decision,
  end,
  flow,
  follow,
  hours,
  is,
  ladder,
  lag,
  link,
  never,
  node,
  offerLetter,
  owners,
  question,
  recurs,
  rule,
  rung,
  service,
  sla,
  sms,
  task,
  when,
} from './changes.ts';

/** A defect seeded into the shipped configuration, and where its finding stands, as `CODE kind/key/pointer`. */
export interface Defect {
  name: string;
  change: (copy: Copy) => void;
  findings: string[];
}

const keyActions = ['TR01', 'TR02', 'TR06', 'TR09', 'TR10', 'TR12'];
const gone = { calendar: 'gone' };

/** One row a defect: each draws its findings and no other. */
export const defects: Defect[] = [
  // Shape of the drawing
  row('a task that does not exist', (c) => node(c, 'HP', 'HP02', { task: 'HP99' }), [
    'REFERENCE_DANGLING workflow/HP/nodes/HP02/task',
    'DOCUMENT_UNUSED task/HP02',
  ]),
  row('a ladder that does not exist', (c) => task(c, 'HP01', { ladder: 'L-NONE' }), [
    'REFERENCE_DANGLING task/HP01/ladder',
  ]),
  row('a key in the wrong case', (c) => task(c, 'HP01', { ladder: 'l-std' }), ['REFERENCE_DANGLING task/HP01/ladder']),
  row('a template that does not exist', (c) => rung(c, 'L-EMG', 0, { template: 'gone' }), [
    'REFERENCE_DANGLING ladder/L-EMG/rungs/emergency-amber/template',
    'DOCUMENT_UNUSED template/emergency-amber',
  ]),
  row('a role that does not exist', (c) => ladder(c, 'L-STD', { fallback: ['role:NOBODY'] }), [
    'REFERENCE_DANGLING ladder/L-STD/fallback/0',
  ]),
  row('a link from a node that is not drawn', (c) => link(c, 'HP', 'new', 'HP77', 'HP02'), [
    'NODE_UNKNOWN workflow/HP/links/new/from',
  ]),
  row('a clock on a node that is not drawn', (c) => clock(c, 'HP', 'HP-DUTY', { mustContain: ['HP77'] }), [
    'NODE_UNKNOWN workflow/HP/clocks/HP-DUTY/mustContain/0',
  ]),
  row('an owner like that of a node that is not drawn', (c) => owners(c, 'HP', { by: 'sameAs', node: 'HP77' }), [
    'NODE_UNKNOWN workflow/HP/ownerRules/default/to/node',
  ]),
  row('a lane that does not exist', (c) => node(c, 'HP', 'HP02', { lane: 'nowhere' }), [
    'LANE_UNKNOWN workflow/HP/nodes/HP02/lane',
  ]),
  row('an end with an unknown outcome', (c) => end(c, 'HP', 'DONE', 'HP13', 'vanished'), [
    'OUTCOME_UNKNOWN workflow/HP/nodes/DONE/outcome',
  ]),
  row('a cycle', (c) => link(c, 'HP', 'new', 'HP03', 'HP02'), ['PLAN_CYCLE workflow/HP/links/new']),
  row('a link to itself', (c) => link(c, 'HP', 'new', 'HP08', 'HP08'), ['PLAN_CYCLE workflow/HP/links/new']),
  row(
    'a cycle through a decision',
    (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP04');
      link(c, 'HP', 'back', 'HP04', 'D1');
    },
    ['PLAN_CYCLE workflow/HP/links/back'],
  ),
  row(
    'a decision without default',
    (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03');
      delete (flow(c, 'HP').nodes['D1'] as { otherwise?: object }).otherwise;
      delete flow(c, 'HP').links['D1-otherwise'];
    },
    ['DECISION_WITHOUT_DEFAULT workflow/HP/nodes/D1'],
  ),
  row(
    'a branch that does not exist',
    (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03');
      const found = flow(c, 'HP').links['D1-yes'];
      if (found) found.branch = 'perhaps';
    },
    ['BRANCH_UNKNOWN workflow/HP/links/D1-yes/branch', 'BRANCH_WITHOUT_LINK workflow/HP/nodes/D1/branches/yes'],
  ),
  row(
    'a branch that leads nowhere',
    (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03');
      delete flow(c, 'HP').links['D1-otherwise'];
    },
    ['BRANCH_WITHOUT_LINK workflow/HP/nodes/D1/otherwise'],
  ),
  row('a branch never true', (c) => decision(c, 'HP', 'D1', 'HP02', never, 'HP03', 'HP03'), [
    'BRANCH_NEVER_TRUE workflow/HP/nodes/D1/branches/yes/when',
  ]),
  row(
    'a branch that an earlier one covers',
    (c) => {
      decision(c, 'HP', 'D1', 'HP02', is('safe', 'yes'), 'HP03', 'HP03');
      const found = flow(c, 'HP').nodes['D1'];
      if (found?.type === 'decision')
        found.branches['again'] = {
          order: 2,
          label: 'Again',
          when: { op: 'all', conditions: [is('safe', 'yes'), is('pregnant', 'yes')] },
        };
      link(c, 'HP', 'D1-again', 'D1', 'HP03', 'again');
    },
    ['BRANCH_NEVER_TRUE workflow/HP/nodes/D1/branches/again/when'],
  ),
  row(
    'a node behind an end',
    (c) => {
      end(c, 'HP', 'DONE', 'HP13', 'completed');
      flow(c, 'HP').nodes['LATE'] = { type: 'milestone', order: 98, stage: 'Late' };
      link(c, 'HP', 'late', 'DONE', 'LATE');
    },
    ['NODE_UNREACHABLE workflow/HP/nodes/LATE'],
  ),
  row(
    'an end that is never reached',
    (c) => {
      end(c, 'HP', 'DONE', 'HP13', 'completed');
      flow(c, 'HP').nodes['LATER'] = { type: 'end', order: 98, outcome: 'withdrawn' };
      link(c, 'HP', 'late', 'DONE', 'LATER');
    },
    ['END_UNREACHABLE workflow/HP/nodes/LATER'],
  ),
  row(
    'a link from an end to what is reached without it',
    (c) => {
      end(c, 'HP', 'DONE', 'HP13', 'completed');
      flow(c, 'HP').nodes['LATE'] = { type: 'milestone', order: 98, stage: 'Late' };
      link(c, 'HP', 'early', 'HP12', 'LATE');
      link(c, 'HP', 'late', 'DONE', 'LATE');
    },
    ['LINK_FROM_END workflow/HP/links/late'],
  ),
  row('one task on two nodes', (c) => node(c, 'HP', 'HP08', { task: 'HP07' }), [
    'TASK_TWICE workflow/HP/nodes/HP08/task',
    'DOCUMENT_UNUSED task/HP08',
  ]),
  row('two links that say the same', (c) => link(c, 'HP', 'twin', 'HP02', 'HP03'), [
    'LINK_TWICE workflow/HP/links/twin',
  ]),
  row(
    'a task without any link',
    (c) => {
      const { links } = flow(c, 'HP');
      for (const [key, one] of Object.entries(links)) if (one.from === 'HP07' || one.to === 'HP07') delete links[key];
    },
    ['NODE_DETACHED workflow/HP/nodes/HP07'],
  ),
  row('a mandatory task behind a manual one', (c) => node(c, 'HP', 'HP02', { activation: 'manual' }), [
    'MANDATORY_BEHIND_MANUAL workflow/HP/nodes/HP03',
  ]),
  row('a task that never applies', (c) => node(c, 'HP', 'HP06', { activation: { when: never } }), [
    'TASK_NEVER_APPLIES workflow/HP/nodes/HP06/activation/when',
  ]),
  row(
    'a workflow without nodes',
    (c) => {
      const workflow = structuredClone(flow(c, 'RV'));
      c.workflow['EMPTY'] = { ...workflow, key: 'EMPTY', nodes: {}, links: {}, clocks: {} };
    },
    ['WORKFLOW_EMPTY workflow/EMPTY/nodes'],
  ),
  row(
    'named conditions that use each other',
    (c) => {
      flow(c, 'HP').namedConditions = {
        one: { title: 'One', when: { op: 'named', name: 'two' } },
        two: { title: 'Two', when: { op: 'not', condition: { op: 'named', name: 'one' } } },
      };
    },
    ['NAMED_CONDITION_CYCLE workflow/HP/namedConditions/one'],
  ),
  row('a named condition nobody wrote', (c) => when(c, { op: 'named', name: 'gone' }), [
    'NAMED_CONDITION_UNKNOWN workflow/HP/nodes/HP06/activation/when',
  ]),
  // Conditions
  row('a question nobody knows', (c) => when(c, { op: 'answered', of: { question: 'nobody' } }), [
    'QUESTION_UNKNOWN workflow/HP/nodes/HP06/activation/when/of/question',
  ]),
  row('a question the form does not ask', (c) => when(c, { op: 'answered', of: { question: 'childcare' } }), [
    'QUESTION_NOT_ASKED workflow/HP/nodes/HP06/activation/when/of/question',
  ]),
  row('an option that does not exist', (c) => when(c, is('contact_landlord', 'perhaps')), [
    'OPTION_UNKNOWN workflow/HP/nodes/HP06/activation/when',
  ]),
  row('a number comparison on a choice', (c) => when(c, { op: 'atLeast', of: { question: 'stay' }, value: 3 }), [
    'CONDITION_TYPE workflow/HP/nodes/HP06/activation/when',
  ]),
  row('bounds the wrong way round', (c) => when(c, { op: 'between', of: { question: 'age' }, from: 24, to: 16 }), [
    'CONDITION_RANGE_EMPTY workflow/HP/nodes/HP06/activation/when',
  ]),
  row(
    'an outcome its task does not have',
    (c) => {
      task(c, 'HP03', { outcomes: { accepted: { order: 1, label: 'Accepted', kind: 'success' } } });
      when(c, { op: 'is', of: { taskOutcome: 'HP03' }, value: 'refused' });
    },
    ['TASK_OUTCOME_UNKNOWN workflow/HP/nodes/HP06/activation/when'],
  ),
  row(
    'a field its task does not have',
    (c) => when(c, { op: 'answered', of: { taskField: { node: 'HP03', field: 'weight' } } }),
    ['TASK_FIELD_UNKNOWN workflow/HP/nodes/HP06/activation/when'],
  ),
  row(
    'a condition nested too deep',
    (c) => {
      let deep: Mutable<Configuration>['advice'][string]['when'] = is('safe', 'yes');
      for (let i = 0; i < 32; i++) deep = { op: 'not', condition: deep };
      when(c, deep);
    },
    ['CONDITION_TOO_LARGE workflow/HP/nodes/HP06/activation/when'],
  ),
  // Times
  row('amber as long as its target', (c) => sla(c, 'HP02', 2, 'workingDays', 2), [
    'AMBER_OUTSIDE_TARGET task/HP02/sla/amber/before',
  ]),
  row('a target of nothing', (c) => sla(c, 'HP08', 0), ['TARGET_ZERO task/HP08/sla/target/value']),
  row('a lag that breaks the prevention duty', (c) => lag(c, 'HP', 'HP05-HP09', 14), [
    'SLA_PATH_EXCEEDS_CLOCK workflow/HP/clocks/HP-DUTY',
  ]),
  row('a path longer than the case SLA', (c) => caseSla(c, 'RG', 30), ['SLA_PATH_EXCEEDS_WORKFLOW workflow/RG/sla']),
  row('a task longer than the case SLA', (c) => sla(c, 'SA02', 40), [
    'SLA_TASK_EXCEEDS_WORKFLOW workflow/SA/nodes/SA02',
  ]),
  row('a lag longer than the case SLA', (c) => lag(c, 'TR', 'TR06-TR09', 80), [
    'LAG_EXCEEDS_SLA workflow/TR/links/TR06-TR09/lag',
  ]),
  row(
    'an estimate out of order',
    (c) => {
      const days = (value: number) => ({ value, unit: 'workingDays' });
      task(c, 'HP08', { estimate: { minimum: days(3), likely: days(2), maximum: days(5) } });
    },
    ['ESTIMATE_ORDER task/HP08/estimate'],
  ),
  row('a date to wait for that is past', (c) => node(c, 'HP', 'HP07', { notBefore: '2026-01-01' }), [
    'NOT_BEFORE_PAST workflow/HP/nodes/HP07/notBefore',
  ]),
  row(
    'a clock anchored on a task that may never happen',
    (c) => clock(c, 'RG', 'RG-REVIEW', { anchor: { completionOf: ['RG04'] } }),
    ['CLOCK_ANCHOR_OPTIONAL workflow/RG/clocks/RG-REVIEW/anchor/completionOf'],
  ),
  row('a clock that must contain a manual task', (c) => clock(c, 'RV', 'RV-8W', { mustContain: ['RV07', 'RV05'] }), [
    'CLOCK_PROOF_LEAVES_OUT workflow/RV/clocks/RV-8W/mustContain/1',
  ]),
  row(
    'a clock that must contain a task outside the SLA',
    (c) => {
      node(c, 'MX', 'MX11', { outsideSla: true });
      clock(c, 'MX', 'MX-42', { mustContain: ['MX11'] });
    },
    ['CLOCK_PROOF_LEAVES_OUT workflow/MX/clocks/MX-42/mustContain/0'],
  ),
  row(
    'a clock that must contain tasks and starts with a manual one',
    (c) => clock(c, 'RV', 'RV-8W', { anchor: { completionOf: ['RV05'] }, when: is('decision_type', 'not_eligible') }),
    ['CLOCK_PROOF_NO_ANCHOR workflow/RV/clocks/RV-8W/anchor/completionOf'],
  ),
  row('a clock that never starts', (c) => clock(c, 'HP', 'HP-REVIEW', { when: never }), [
    'CLOCK_NEVER_STARTS workflow/HP/clocks/HP-REVIEW/when',
  ]),
  row('a recurrence without an end', (c) => recurs(c, { until: 'none' }), [
    'RECURRENCE_WITHOUT_END task/SP02/recurrence',
  ]),
  row('a recurrence after no time', (c) => recurs(c, { every: { value: 0, unit: 'weeks' }, until: 'none', max: 3 }), [
    'RECURRENCE_ZERO task/SP02/recurrence/every',
  ]),
  row('a recurrence until an outcome the task lacks', (c) => recurs(c, { until: { outcome: 'never' } }), [
    'RECURRENCE_OUTCOME_UNKNOWN task/SP02/recurrence/until/outcome',
  ]),
  // Owners
  row('owner rules without a default', (c) => task(c, 'HP07', { ownerRules: {} }), [
    'ALLOCATION_FALLS_THROUGH task/HP07/ownerRules',
  ]),
  row(
    'owner rules whose last has a condition',
    (c) => {
      const rule = c.task['HP07']?.ownerRules['default'];
      if (rule) rule.when = is('safe', 'yes');
    },
    ['ALLOCATION_FALLS_THROUGH task/HP07/ownerRules'],
  ),
  row(
    'an owner rule that hides those after it',
    (c) => Object.assign(flow(c, 'HP').ownerRules, { first: { order: 0, to: { by: 'caseOwner' } } }),
    ['ALLOCATION_RULE_SHADOWS workflow/HP/ownerRules/first'],
  ),
  row(
    'an owner rule never used',
    (c) =>
      Object.assign(flow(c, 'HP').ownerRules, {
        first: { order: 0, when: never, to: { by: 'group', group: 'LEGAL' } },
      }),
    ['ALLOCATION_RULE_NEVER workflow/HP/ownerRules/first/when'],
  ),
  row('work allocated by hand', (c) => owners(c, 'HP', { by: 'manual', team: 'HOO' }), [
    'ALLOCATION_BY_HAND workflow/HP/ownerRules/default',
  ]),
  row('a group asked for as a role', (c) => ladder(c, 'L-STD', { fallback: ['role:LEGAL'] }), [
    'ROLE_DEAD ladder/L-STD/fallback/0',
  ]),
  // Ladders and templates
  row('a ladder without fallback', (c) => ladder(c, 'L-STD', { fallback: [] }), [
    'LADDER_WITHOUT_FALLBACK ladder/L-STD/fallback',
  ]),
  row(
    'a ladder without rungs',
    (c) => {
      const copy = c.ladder['L-STD'];
      if (copy) c.ladder['L-NEW'] = { ...structuredClone(copy), key: 'L-NEW', rungs: {} };
      task(c, 'HP07', { ladder: 'L-NEW' });
    },
    ['LADDER_EMPTY ladder/L-NEW/rungs'],
  ),
  row(
    'rungs that follow one another',
    (c) => {
      follow(c, 'L-STD', 0, 1);
      follow(c, 'L-STD', 1, 0);
    },
    ['LADDER_LOOP ladder/L-STD/rungs/amber'],
  ),
  row(
    'a rung that follows none',
    (c) => rung(c, 'L-STD', 1, { trigger: { on: 'followOn', after: 'gone', for: hours(4) } }),
    ['RUNG_UNKNOWN ladder/L-STD/rungs/overdue/trigger/after'],
  ),
  row('a rung that does not say how long', (c) => rung(c, 'L-STD', 1, { trigger: { on: 'stagnant' } }), [
    'RUNG_WITHOUT_WAIT ladder/L-STD/rungs/overdue/trigger',
  ]),
  row('a rung about a clock on a task', (c) => rung(c, 'L-STD', 1, { trigger: { on: 'clockEnd' } }), [
    'RUNG_TRIGGER_SUBJECT ladder/L-STD/rungs/overdue/trigger/on',
  ]),
  row('a channel the template has no text for', (c) => rung(c, 'L-STD', 1, { channels: ['webhook'] }), [
    'TEMPLATE_WITHOUT_CHANNEL ladder/L-STD/rungs/overdue/channels',
  ]),
  row('a placeholder nobody fills', (c) => sms(c, '{{ task.colour }}'), [
    'TEMPLATE_PLACEHOLDER_UNKNOWN template/overdue/channels/sms',
  ]),
  row('an offer that cannot go by letter', (c) => delete c.template['offer-made']?.channels.letter, [
    'TEMPLATE_WITHOUT_CHANNEL service-type/TRAINING/messages/offerMade/template',
    'TEMPLATE_WITHOUT_CHANNEL service-type/WARDEN/messages/offerMade/template',
  ]),
  row('an offer that speaks of a task', (c) => offerLetter(c, '{{ task.title }}'), [
    'TEMPLATE_PLACEHOLDER_UNKNOWN template/offer-made/channels/letter',
  ]),
  row('a placeholder that was not declared', (c) => sms(c, '{{ clock.title }}'), [
    'TEMPLATE_PLACEHOLDER_UNDECLARED template/overdue/channels/sms',
  ]),
  row('a sensitive answer in an SMS', (c) => sms(c, 'Harm: {{ answers.harm }}'), [
    'SENSITIVE_FIELD_IN_CHANNEL template/overdue/channels/sms',
  ]),
  row(
    'a sensitive answer in a subject line',
    (c) => {
      const email = c.template['overdue']?.channels.email;
      if (email) email.subject = '{{ answers.safe }}';
    },
    ['SENSITIVE_FIELD_IN_CHANNEL template/overdue/channels/email/subject'],
  ),
  row('a tag that is not closed', (c) => sms(c, '{% if task.title %}'), [
    'TEMPLATE_SYNTAX template/overdue/channels/sms',
  ]),
  row('a filter that does not exist', (c) => sms(c, '{{ task.title | shout }}'), [
    'TEMPLATE_SYNTAX template/overdue/channels/sms',
  ]),
  row('a text message of 161 characters', (c) => sms(c, 'x'.repeat(161)), [
    'TEMPLATE_SMS_LONG template/overdue/channels/sms',
  ]),
  // Forms, topics, resources, calendars
  row('a question in a section the form lacks', (c) => question(c, 'HP', 'age', { section: 'nowhere' }), [
    'SECTION_UNKNOWN form/HP/questions/age/section',
  ]),
  row(
    'a question of no type',
    (c) => {
      const form = c.form['HP'];
      if (form) form.questions['extra'] = { order: 99, section: 'enquiry', label: 'Anything else?' };
    },
    ['QUESTION_WITHOUT_TYPE form/HP/questions/extra', 'ADVICE_QUESTION_UNUSED form/HP/questions/extra'],
  ),
  row(
    'a choice without options',
    (c) => {
      const form = c.form['HP'];
      if (form) form.questions['extra'] = { order: 99, section: 'enquiry', label: 'Which?', type: 'choice' };
    },
    ['QUESTION_WITHOUT_OPTIONS form/HP/questions/extra/options', 'ADVICE_QUESTION_UNUSED form/HP/questions/extra'],
  ),
  row(
    'questions shown after each other in a circle',
    (c) => {
      question(c, 'TR', 'daytime', { shownWhen: { op: 'answered', of: { question: 'childcare' } } });
      question(c, 'TR', 'childcare', { shownWhen: { op: 'answered', of: { question: 'daytime' } } });
    },
    ['FORM_CYCLE form/TR/questions/childcare/shownWhen'],
  ),
  row(
    'a sum with a question that is not asked',
    (c) => question(c, 'RG', 'bedrooms_short', { calculation: { of: 'sum', terms: ['nobody'] } }),
    ['CALCULATION_INPUT_UNKNOWN form/RG/questions/bedrooms_short/calculation'],
  ),
  row(
    'topics below each other',
    (c) => {
      Object.assign(c.topic['condition'] ?? {}, { parent: 'hazard' });
    },
    ['TOPIC_CYCLE topic/condition/parent'],
  ),
  row('a topic that leads nowhere', (c) => void delete c.topic['exchange']?.workflow, [
    'TOPIC_WITHOUT_WORKFLOW topic/exchange',
  ]),
  row('a topic that leads to internal work', (c) => void Object.assign(flow(c, 'MX'), { audience: 'internal' }), [
    'TOPIC_INTERNAL_WORKFLOW topic/exchange/workflow',
  ]),
  row('an empty action path', (c) => service(c, { actionPath: [] }), [
    'ACTION_PATH_EMPTY service-type/TRAINING/actionPath',
  ]),
  row(
    'an action path without a computed-critical action',
    (c) => service(c, { actionPath: ['TR01', 'TR02', 'TR06', 'TR10', 'TR12'] }),
    ['ACTION_PATH_MISSES_CRITICAL service-type/TRAINING/actionPath'],
  ),
  row(
    'an action path with an action the plan lacks',
    (c) => service(c, { actionPath: ['TR01', 'TR02', 'TR06', 'TR09', 'TR10', 'TR12', 'TR99'] }),
    ['ACTION_PATH_NODE_UNKNOWN service-type/TRAINING/actionPath/6'],
  ),
  row('an action plan that is none', (c) => service(c, { actionPlan: 'SP' }), [
    'ACTION_PLAN_CATEGORY service-type/TRAINING/actionPlan',
  ]),
  row('an unknown zone', (c) => void Object.assign(c.calendar['notify'] ?? {}, { zone: 'Europe/Nowhere' }), [
    'CALENDAR_ZONE_UNKNOWN calendar/notify/zone',
  ]),
  row('a calendar that never opens', (c) => void Object.assign(c.calendar['notify'] ?? {}, { weekly: {} }), [
    'CALENDAR_NEVER_OPENS calendar/notify/weekly',
  ]),
  row(
    'windows that overlap',
    (c) => {
      const windows = [
        { start: '09:00', end: '12:00' },
        { start: '11:59', end: '17:00' },
      ];
      Object.assign(c.calendar['notify'] ?? {}, { weekly: { mon: windows } });
    },
    ['CALENDAR_WINDOWS_OVERLAP calendar/notify/weekly/mon/1'],
  ),
  row(
    'keys that differ only in case',
    (c) => {
      const { RV01 } = flow(c, 'RV').nodes;
      if (RV01) flow(c, 'RV').nodes['rv01'] = { type: 'milestone', order: 99, stage: 'Here' };
      link(c, 'RV', 'new', 'RV01', 'rv01');
    },
    ['KEY_TWICE workflow/RV/nodes/rv01'],
  ),
  row(
    'documents whose keys differ only in case',
    (c) => {
      const copy = c.agency['SHELTER'];
      if (copy) c.agency['Shelter'] = { ...structuredClone(copy), key: 'Shelter' };
      advice(c, 'TR1', { agencies: ['Shelter'] });
    },
    ['KEY_TWICE agency/Shelter/key'],
  ),
  row('a question that is never asked', (c) => question(c, 'HP', 'age', { shownWhen: never }), [
    'ADVICE_QUESTION_NEVER_SHOWN form/HP/questions/age/shownWhen',
  ]),
  row(
    'an extra opening on a closed date',
    (c) => {
      const closed = { '2027-01-04': 'Training' };
      const openings = { '2027-01-04': [{ start: '09:00', end: '12:00' }] };
      Object.assign(c.calendar['notify'] ?? {}, { closed, openings });
    },
    ['CALENDAR_OPENING_ON_CLOSED_DATE calendar/notify/openings/2027-01-04'],
  ),
  row(
    'a clock anchored on an end',
    (c) => {
      end(c, 'RV', 'DONE', 'RV07', 'completed');
      clock(c, 'RV', 'RV-8W', { anchor: { completionOf: ['DONE'] } });
    },
    ['CLOCK_ANCHOR_NEVER workflow/RV/clocks/RV-8W/anchor/completionOf'],
  ),
  row(
    'law that was to be looked at again',
    (c) => void Object.assign(c.provision['HA96'] ?? {}, { reviewBy: '2026-11-20' }),
    ['REVIEW_DUE provision/HA96/reviewBy'],
  ),
  row('a picture in advice', (c) => advice(c, 'TR1', { body: '![A house](https://example.org/house.png)' }), [
    'TEXT_IMAGE advice/TR1/body',
  ]),
  row(
    'a saved test that answers with an option that is gone',
    (c) => void Object.assign(c.test['RV-20']?.answers ?? {}, { decision_type: 'abolished' }),
    ['TEST_ANSWER_UNKNOWN test/RV-20/answers/decision_type'],
  ),
  // Advice
  row('a statement that ends before it begins', (c) => advice(c, 'HP4', { effectiveTo: '2026-04-30' }), [
    'EFFECTIVE_INVERTED advice/HP4/effectiveTo',
  ]),
  row('a statement that can never be advised', (c) => rule(c, 'HP', 'HP10', { when: never }), [
    'ADVICE_UNREACHABLE workflow/HP/adviceRules/HP10/when',
  ]),
  row('a statement nobody advises', (c) => void delete flow(c, 'HP').adviceRules['HP10'], [
    'ADVICE_ORPHAN advice/HP10',
  ]),
  row(
    'exclusive statements whose periods overlap by a day',
    (c) => {
      advice(c, 'HP5', { effectiveFrom: '2026-07-31' });
      rule(c, 'HP', 'HP4', { when: is('notice', 's21'), exclusiveGroup: 'transition' });
      rule(c, 'HP', 'HP5', { when: is('notice', 's21'), exclusiveGroup: 'transition' });
    },
    ['ADVICE_EXCLUSIVE_MEET workflow/HP/adviceRules/HP5'],
  ),
  row('a statement said again for the same answers', (c) => rule(c, 'HP', 'HP10', { when: is('arrears', 'yes') }), [
    'ADVICE_DUPLICATE workflow/HP/adviceRules/HP10/when',
  ]),
  row(
    'a statement advised only where another one is',
    (c) => rule(c, 'HP', 'HP10', { when: { op: 'all', conditions: [is('arrears', 'yes'), is('pregnant', 'yes')] } }),
    ['ADVICE_IMPLIED workflow/HP/adviceRules/HP10/when'],
  ),
  row(
    'a generic statement said again for the same answers',
    (c) => advice(c, 'G5', { when: is('income_change', 'yes') }),
    ['ADVICE_GENERIC_DUPLICATE advice/G5/when'],
  ),
  row(
    'a generic statement advised only where another one is',
    (c) => advice(c, 'G5', { when: { op: 'all', conditions: [is('income_change', 'yes'), is('safe', 'yes')] } }),
    ['ADVICE_GENERIC_IMPLIED advice/G5/when'],
  ),
  row(
    'answers for which one statement must fire and none does',
    (c) => void Object.assign(flow(c, 'RV'), { mustAdvise: ['RV2'] }),
    ['ADVICE_MUST_ADVISE workflow/RV/mustAdvise'],
  ),
  row('a placeholder of advice that nobody fills', (c) => advice(c, 'TR1', { body: 'Call {{favouriteColour}}.' }), [
    'ADVICE_PLACEHOLDER_UNKNOWN advice/TR1/body',
  ]),
  row('an agency that does not exist', (c) => advice(c, 'TR1', { body: 'Call {{agency:GONE}}.' }), [
    'ADVICE_AGENCY_UNKNOWN advice/TR1/body',
  ]),
  row('a script in advice', (c) => advice(c, 'TR1', { body: '<script>alert(1)</script>' }), [
    'TEXT_HTML advice/TR1/body',
  ]),
  row('a link to a script', (c) => advice(c, 'TR1', { body: '[Help](javascript:alert(1))' }), [
    'TEXT_LINK_REFUSED advice/TR1/body',
  ]),
  row(
    'a translation out of date',
    (c) => advice(c, 'TR1', { translations: { cy: { title: 'Cyrsiau', body: 'Testun.', of: 'older' } } }),
    ['ADVICE_TRANSLATION_OLD advice/TR1/translations/cy'],
  ),
  row(
    'a statement for everybody that names a subgroup',
    (c) => advice(c, 'G6', { body: 'If you are pregnant, tell us.' }),
    ['ADVICE_SUBGROUP advice/G6/body'],
  ),
  // Beyond the list
  row('limits of a number the wrong way round', (c) => question(c, 'HP', 'age', { validation: { min: 90, max: 16 } }), [
    'VALIDATION_RANGE_EMPTY form/HP/questions/age/validation/min',
  ]),
  row('a recurrence that ended years ago', (c) => recurs(c, { until: { date: '2020-01-01' } }), [
    'RECURRENCE_PAST task/SP02/recurrence/until/date',
  ]),
  row('an action twice on the action path', (c) => service(c, { actionPath: [...keyActions, 'TR01'] }), [
    `ACTION_PATH_TWICE service-type/TRAINING/actionPath/${keyActions.length}`,
  ]),
  row(
    'a branch that asks for the outcome of a later task',
    (c) => decision(c, 'HP', 'D1', 'HP01', outcomeOf(c, 'HP05'), 'HP03', 'HP03'),
    ['TASK_RESULT_TOO_LATE workflow/HP/nodes/D1/branches/yes/when'],
  ),
  row('a task that applies by its own outcome', (c) => when(c, outcomeOf(c, 'HP06')), [
    'TASK_RESULT_TOO_LATE workflow/HP/nodes/HP06/activation/when',
  ]),
  row(
    'three rungs that follow each other in a ring',
    (c) => {
      for (const [at, after] of [1, 2, 0].entries()) follow(c, 'L-STD', at, after);
    },
    ['LADDER_LOOP ladder/L-STD/rungs/amber'],
  ),
  row(
    'a target in a calendar that is gone',
    (c) => task(c, 'HP01', { sla: { target: { value: 2, unit: 'workingDays', calendar: 'gone' } } }),
    ['REFERENCE_DANGLING task/HP01/sla/target/calendar'],
  ),
  row('the manager of a role that is gone', (c) => ladder(c, 'L-STD', { fallback: ['manager-of:role:NOBODY'] }), [
    'REFERENCE_DANGLING ladder/L-STD/fallback/0',
  ]),
  row(
    'amber of a case before the case begins',
    (c) => {
      const before = { value: 400, unit: 'calendarDays' };
      Object.assign(flow(c, 'HP').sla, { amber: { before } });
    },
    ['AMBER_OUTSIDE_TARGET workflow/HP/sla/amber/before'],
  ),
  row('a statement for a workflow that is gone', (c) => advice(c, 'TR1', { scope: ['GONE'] }), [
    'REFERENCE_DANGLING advice/TR1/scope/0',
  ]),
  row('a statement that must be advised and is gone', (c) => Object.assign(flow(c, 'HP'), { mustAdvise: ['GONE'] }), [
    'REFERENCE_DANGLING workflow/HP/mustAdvise/0',
  ]),
  row(
    'a workflow that ends before it begins',
    (c) => Object.assign(flow(c, 'HP'), { effectiveFrom: '2027-02-01', effectiveTo: '2027-01-31' }),
    ['EFFECTIVE_INVERTED workflow/HP/effectiveTo'],
  ),
  row('a branch on the link of a task', (c) => link(c, 'HP', 'new', 'HP01', 'HP05', 'yes'), [
    'BRANCH_UNKNOWN workflow/HP/links/new/branch',
  ]),
  row(
    'quiet hours in a calendar that is gone',
    (c) => Object.assign(c.settings['settings'] ?? {}, { notifyCalendar: 'gone' }),
    ['REFERENCE_DANGLING settings/settings/notifyCalendar'],
  ),
  row(
    'a communication of a template that is gone',
    (c) => {
      flow(c, 'HP').nodes['C1'] = { type: 'communication', order: 95, template: 'gone' } as never;
      link(c, 'HP', 'told', 'HP01', 'C1');
    },
    ['REFERENCE_DANGLING workflow/HP/nodes/C1/template'],
  ),
  row('a lag in a calendar that is gone', (c) => Object.assign(flow(c, 'HP').links['HP01-HP02'] ?? {}, gone), [
    'REFERENCE_DANGLING workflow/HP/links/HP01-HP02/calendar',
  ]),
  row(
    'a message in Welsh of which the English changed',
    (c) =>
      Object.assign(c.template['overdue'] ?? {}, {
        languages: { cy: { inApp: 'Hwyr.' } },
        translates: { cy: 'older' },
      }),
    ['TEMPLATE_TRANSLATION_OLD template/overdue/languages/cy'],
  ),
];

/** A condition true once a task ended with its first outcome. */
function outcomeOf(copy: Copy, key: string): object {
  const [value = ''] = Object.keys(copy.task[key]?.outcomes ?? {});
  return { op: 'is', of: { taskOutcome: key }, value };
}

function row(name: string, change: (copy: Copy) => void, findings: string[]): Defect {
  return { name, change, findings };
}
