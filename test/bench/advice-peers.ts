// The same bank in the languages of other engines, so that all can be timed over the same responses.
import { Environment } from '@marcbachmann/cel-js';
import { LogicEngine } from 'json-logic-engine';
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import type { AdviceBook } from '../../runtime/engine/advise/advice-book.ts';
import type { Answers, Condition } from '../../schemas/condition.ts';

/** Another engine loaded with a bank; gives the statements that fire, in the order of the bank. */
export interface Peer {
  readonly name: string;
  select(answers: Answers): string[] | Promise<string[]>;
}

type Rule = readonly [key: string, when: Condition];
type Leaf = Extract<Condition, { of: unknown }>;

/** The engines of issue 4, each prepared once as its own documents advise. */
export function loadPeers(book: AdviceBook): Peer[] {
  const rules = book.entries.flatMap(({ key, reasons }) => reasons.map(({ when }): Rule => [key, when ?? always]));
  return [celPeer(rules), jsonLogicPeer(rules), jsonRulesPeer(rules)];
}

const always: Condition = { op: 'all', conditions: [] };

function keyOf(leaf: Leaf): string {
  if (!('question' in leaf.of)) throw new Error('expected a condition over questions');
  return leaf.of.question;
}

function refuse(condition: Condition): never {
  throw new Error(`expected what the generator makes, got ${condition.op}`);
}

function celPeer(rules: readonly Rule[]): Peer {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const compiled = rules.map(([key, when]) => [key, environment.parse(toCel(when))] as const);
  return {
    name: 'CEL (@marcbachmann/cel-js)',
    select: (answers) => compiled.flatMap(([key, holds]) => (holds(answers) === true ? key : [])),
  };
}

function toCel(condition: Condition): string {
  switch (condition.op) {
    case 'all':
    case 'any':
      return `(${condition.conditions.map(toCel).join(condition.op === 'all' ? ' && ' : ' || ')})`;
    case 'not':
      return `!(${toCel(condition.condition)})`;
    case 'is':
      return `${keyOf(condition)} == ${JSON.stringify(condition.value)}`;
    case 'isOneOf':
      return `${keyOf(condition)} in ${JSON.stringify(condition.values)}`;
    case 'includes':
      return `${JSON.stringify(condition.value)} in ${keyOf(condition)}`;
    case 'includesAny':
      return `(${condition.values.map((value) => `${JSON.stringify(value)} in ${keyOf(condition)}`).join(' || ')})`;
    case 'atLeast':
      return `${keyOf(condition)} >= ${condition.value}.0`;
    case 'atMost':
      return `${keyOf(condition)} <= ${condition.value}.0`;
    case 'between':
      return `(${keyOf(condition)} >= ${condition.from}.0 && ${keyOf(condition)} <= ${condition.to}.0)`;
    default:
      return refuse(condition);
  }
}

function jsonLogicPeer(rules: readonly Rule[]): Peer {
  const engine = new LogicEngine();
  const compiled = rules.map(
    ([key, when]) => [key, engine.build(toJsonLogic(when)) as (data: Answers) => unknown] as const,
  );
  return {
    name: 'json-logic-engine',
    select: (answers) => compiled.flatMap(([key, holds]) => (holds(answers) ? key : [])),
  };
}

function toJsonLogic(condition: Condition): unknown {
  switch (condition.op) {
    case 'all':
      return { and: condition.conditions.map(toJsonLogic) };
    case 'any':
      return { or: condition.conditions.map(toJsonLogic) };
    case 'not':
      return { '!': [toJsonLogic(condition.condition)] };
    case 'is':
      return { '===': [{ var: keyOf(condition) }, condition.value] };
    case 'isOneOf':
      return { in: [{ var: keyOf(condition) }, condition.values] };
    case 'includes':
      return { in: [condition.value, { var: keyOf(condition) }] };
    case 'includesAny':
      return { or: condition.values.map((value) => ({ in: [value, { var: keyOf(condition) }] })) };
    case 'atLeast':
      return { '>=': [{ var: keyOf(condition) }, condition.value] };
    case 'atMost':
      return { '<=': [{ var: keyOf(condition) }, condition.value] };
    case 'between':
      return { '<=': [condition.from, { var: keyOf(condition) }, condition.to] };
    default:
      return refuse(condition);
  }
}

function jsonRulesPeer(rules: readonly Rule[]): Peer {
  const engine = new Engine();
  for (const [key, when] of rules) {
    const conditions = toJsonRules(when);
    const top = 'fact' in conditions ? { all: [conditions] } : conditions;
    engine.addRule({ conditions: top as TopLevelCondition, event: { type: key } });
  }
  const places = new Map(rules.map(([key], place) => [key, place]));
  return {
    name: 'json-rules-engine',
    async select(answers) {
      const { events } = await engine.run(answers);
      const found = events.map((event) => event.type);
      return found.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    },
  };
}

function toJsonRules(condition: Condition): NestedCondition {
  const test = (leaf: Leaf, operator: string, value: unknown) => ({ fact: keyOf(leaf), operator, value });
  switch (condition.op) {
    case 'all':
      return { all: condition.conditions.map(toJsonRules) };
    case 'any':
      return { any: condition.conditions.map(toJsonRules) };
    case 'not':
      return { not: toJsonRules(condition.condition) };
    case 'is':
      return test(condition, 'equal', condition.value);
    case 'isOneOf':
      return test(condition, 'in', condition.values);
    case 'includes':
      return test(condition, 'contains', condition.value);
    case 'includesAny':
      return { any: condition.values.map((value) => test(condition, 'contains', value)) };
    case 'atLeast':
      return test(condition, 'greaterThanInclusive', condition.value);
    case 'atMost':
      return test(condition, 'lessThanInclusive', condition.value);
    case 'between':
      return {
        all: [
          test(condition, 'greaterThanInclusive', condition.from),
          test(condition, 'lessThanInclusive', condition.to),
        ],
      };
    default:
      return refuse(condition);
  }
}
