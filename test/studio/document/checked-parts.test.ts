import fc from 'fast-check';
import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import {
  checkConfiguration,
  compileCalendars,
  createChecker,
  planWorkflow,
  shippedBankHolidays,
} from '../../../runtime/engine/index.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { type Difference, differenceBetween, withDifference } from '../../../studio/document/difference.ts';
import {
  advice,
  type Copy,
  decision,
  end,
  flow,
  is,
  link,
  never,
  node,
  question,
  task,
  when,
} from '../../runtime/engine/check/changes.ts';
import { loadHousing } from '../../support/configuration.ts';

const from = '2026-11-21';
const { configuration: housing } = loadHousing();
/** Two workflows are enough to see that parts of one are not taken for those of the other. */
const { HP, TR } = housing.workflow;
const small = { ...housing, workflow: { HP, TR } } as Configuration;

const edits: Readonly<Record<string, (copy: Copy) => void>> = {
  'a longer task': (copy) => node(copy, 'HP', 'HP05', { sla: { target: { value: 90, unit: 'workingDays' } } }),
  'a target of nothing': (copy) => node(copy, 'HP', 'HP05', { sla: { target: { value: 0, unit: 'hours' } } }),
  'a target in a calendar that is not there': (copy) =>
    node(copy, 'HP', 'HP05', { sla: { target: { value: 3, unit: 'workingDays', calendar: 'NONE' } } }),
  'a target in another calendar': (copy) =>
    node(copy, 'HP', 'HP06', { sla: { target: { value: 3, unit: 'hours', calendar: flow(copy, 'HP').calendar } } }),
  'two clocks of which one is called like the other': (copy) =>
    node(copy, 'HP', 'HP05', {
      sla: { a: { target: { value: 3, unit: 'hours' } }, A: { target: { value: 4, unit: 'hours' } } },
    }),
  'an estimate': (copy) =>
    node(copy, 'HP', 'HP07', {
      estimate: Object.fromEntries(
        ['minimum', 'likely', 'maximum'].map((part) => [part, { value: 70, unit: 'workingDays' }]),
      ),
    }),
  'a title': (copy) => node(copy, 'HP', 'HP05', { title: 'role:NOBODY' }),
  'a date before which nothing starts': (copy) => node(copy, 'HP', 'HP05', { notBefore: '2027-06-01' }),
  'another order': (copy) => node(copy, 'HP', 'HP05', { order: 99 }),
  'a task left out': (copy) => node(copy, 'HP', 'HP05', { outsideSla: true }),
  'a lag': (copy) =>
    void Object.assign(Object.values(flow(copy, 'HP').links)[2] ?? {}, {
      lag: { value: 80, unit: 'workingDays', basis: 'working' },
    }),
  'a lag in a calendar that is not there': (copy) =>
    void Object.assign(Object.values(flow(copy, 'HP').links)[3] ?? {}, {
      lag: { value: 8, unit: 'workingDays', basis: 'working' },
      calendar: 'NONE',
    }),
  'a longer case': (copy) => Object.assign(flow(copy, 'HP'), { sla: { target: { value: 900, unit: 'calendarDays' } } }),
  'a circle': (copy) => link(copy, 'HP', 'back', 'HP10', 'HP04'),
  'a link into the air': (copy) => link(copy, 'HP', 'air', 'HP10', 'NOWHERE'),
  'a link said twice': (copy) => link(copy, 'HP', 'again', 'HP04', 'HP05'),
  'a manual task before another': (copy) => node(copy, 'HP', 'HP04', { activation: 'manual' }),
  'a node that is gone': (copy) => void delete flow(copy, 'HP').nodes['HP09'],
  'a key that differs in case': (copy) =>
    void Object.assign(flow(copy, 'HP').nodes, { hp05: { ...flow(copy, 'HP').nodes['HP05'] } }),
  'a condition that is never true': (copy) => when(copy, never),
  'a condition on a question': (copy) => when(copy, is('pregnant', 'perhaps')),
  'an end': (copy) => end(copy, 'HP', 'END', 'HP10', 'nothing'),
  'a decision': (copy) => decision(copy, 'HP', 'D', 'HP04', is('pregnant', 'yes'), 'HP05', 'HP10'),
  'a task document': (copy) => task(copy, 'HP05', { title: 'Another' }),
  'a task document that recurs': (copy) => task(copy, 'HP05', { recurrence: { every: { value: 1, unit: 'weeks' } } }),
  'a statement': (copy) => advice(copy, Object.keys(copy.advice)[0] ?? '', { when: never }),
  'a question': (copy) => question(copy, Object.keys(copy.form)[0] ?? '', 'pregnant', { type: 'number' }),
  'the other workflow': (copy) =>
    node(copy, 'TR', Object.keys(flow(copy, 'TR').nodes)[0] ?? '', { activation: 'manual' }),
};

/** As the draft is edited: what is not touched stays the very one it was. */
function edited(before: Configuration | undefined, edit: ((copy: Copy) => void) | undefined): Configuration {
  return produce(before as Copy, (copy) => void edit?.(copy as Copy)) as Configuration;
}

const calendars = compileCalendars(small, shippedBankHolidays);

const plansOf = (draft: Configuration) =>
  Object.keys(draft.workflow).map((key) => planWorkflow(draft, key, from, calendars));

describe('a draft that is told in parts', () => {
  it('has the findings of the whole, after every edit and after taking edits back', () => {
    const steps = fc.array(fc.oneof(fc.constantFrom(...Object.keys(edits)), fc.constant('back')), {
      minLength: 4,
      maxLength: 7,
    });
    const checker = createChecker({ from });
    let told = small;
    let shown = small;
    checker.check(told);
    fc.assert(
      fc.property(steps, (names) => {
        const past = [small];
        for (const name of names) {
          if (name === 'back' && past.length > 1) past.pop();
          else if (name !== 'back') past.push(edited(past.at(-1), edits[name]));
          const change = differenceBetween(shown, past.at(-1)) as Difference | undefined;
          shown = past.at(-1) as Configuration;
          if (change) told = withDifference(told, structuredClone(change)) as Configuration;
          expect(checker.check(told)).toEqual(checkConfiguration(structuredClone(shown), { from }));
          expect(plansOf(told)).toEqual(plansOf(structuredClone(shown)));
        }
        expect(told).toEqual(shown);
      }),
      { numRuns: 5 },
    );
  });
});
