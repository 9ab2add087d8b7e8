import type { Answers, Condition } from '../../../schemas/condition.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import type { Questions } from '../condition/question.ts';
import { AnswerSpace } from './answer-space.ts';
import { BudgetExceeded, type Diagram, Diagrams } from './diagram.ts';
import { ALWAYS, type Formula, or } from './formula.ts';
import { findGap } from './gap.ts';
import { compareSeen, type Seen, Witnesses } from './witnesses.ts';

/** A statement to be analysed: it fires when one of its conditions is true; none at all means always. */
export interface AnalysedStatement {
  readonly key: string;
  /** Conditions of its reasons; undefined is a reason without condition. */
  readonly conditions: readonly (Condition | undefined)[];
  /** Whether it says something specific, so that answers without any such are a gap. */
  readonly specific: boolean;
}

export interface AnalysisInput {
  readonly questions: Questions;
  readonly named: NamedConditions;
  readonly statements: readonly AnalysedStatement[];
  /** As-at date in days since 1970-01-01. */
  readonly asAtDay: number;
  /** Most diagram nodes to make before leaving a question undecided. */
  readonly budget?: number;
}

/** What is known of one statement over all possible answers; undefined is not decided. */
export interface StatementFacts {
  unreachable?: boolean;
  alwaysFires?: boolean;
  /** Number of complete responses for which it fires; only where that is finite. */
  fireCount?: number;
  /** An answer set for which it fires. */
  example?: Answers;
}

export interface Analysis {
  statements: Map<string, StatementFacts>;
  /** Pairs that fire for the same answers. */
  duplicates: [string, string][];
  /** Pairs of which the first fires only when the second does, and not the other way round. */
  subsumptions: [string, string][];
  /** Pairs that never fire together. */
  exclusive: [string, string][];
  /** Answers for which nothing specific fires. */
  gaps: Answers[];
  /** Number of complete responses, where finite. */
  reachableResponses?: number;
  decided: boolean;
}

const BUDGET = 400_000;
/** Assignments that pairs are compared over before their diagrams are. */
const MOST_WITNESSES = 2_048;

/** Analyses statements over all answers the form allows (A6): exact, or `decided: false` and the fact left out. */
export function analyseStatements(input: AnalysisInput): Analysis {
  const conditions = input.statements.flatMap((statement) => statement.conditions.filter((one) => one !== undefined));
  const space = new AnswerSpace(input.questions, input.named, conditions, input.asAtDay);
  return new Analyser(space, input).run();
}

interface Fired {
  key: string;
  specific: boolean;
  formula: Formula;
  /** Answers allowed by the form for which it fires, and for which it does not. */
  yes: Diagram;
  no: Diagram;
  components: readonly number[];
  /** The components as bits, 32 a word. */
  mask: Int32Array;
}

interface Component {
  variables: number[];
  allowed: Diagram;
}

class Analyser {
  private readonly space: AnswerSpace;
  private readonly input: AnalysisInput;
  private readonly diagrams: Diagrams;
  private readonly components: Component[] = [];
  private readonly componentOf: number[] = [];
  /** Number of answers each component allows. */
  private totals: readonly number[] = [];
  private decided = true;

  constructor(space: AnswerSpace, input: AnalysisInput) {
    this.space = space;
    this.input = input;
    this.diagrams = new Diagrams(
      space.variables.map((variable) => variable.weights.length),
      input.budget ?? BUDGET,
    );
  }

  run(): Analysis {
    const analysis: Analysis = {
      statements: new Map(),
      duplicates: [],
      subsumptions: [],
      exclusive: [],
      gaps: [],
      decided: true,
    };
    for (const { key } of this.input.statements) analysis.statements.set(key, {});
    if (this.space.inexact.size > 0) this.decided = false;
    if (!this.attempt(() => this.buildComponents())) return { ...analysis, decided: false };
    const fired: Fired[] = [];
    for (const statement of this.input.statements) {
      if (this.touchesInexact(statement)) continue;
      this.attempt(() => fired.push(this.fire(statement)));
    }
    for (const one of fired) analysis.statements.set(one.key, this.factsOf(one));
    this.attempt(() => this.relate(fired, analysis));
    this.attempt(() => {
      const gap = this.gap(fired.filter((one) => one.specific && one.no !== 0));
      if (gap) analysis.gaps.push(gap);
    });
    const total = this.countAll();
    if (total !== undefined) analysis.reachableResponses = total;
    return { ...analysis, decided: this.decided };
  }

  /** Runs one step; a budget that runs out leaves its facts undecided. */
  private attempt(step: () => void): boolean {
    try {
      step();
      return true;
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.decided = false;
      return false;
    }
  }

  private touchesInexact(statement: AnalysedStatement): boolean {
    if (this.space.inexact.size === 0) return false;
    const text = JSON.stringify([statement.conditions, this.input.named]);
    return [...this.space.inexact].some((key) => text.includes(`"question":"${key}"`));
  }

  /** Variables that constraints bind together; what the form allows falls apart into these. */
  private buildComponents(): void {
    const leader = this.space.variables.map((_, i) => i);
    const find = (i: number): number => {
      let at = i;
      while (leader[at] !== at) at = leader[at] ?? at;
      return at;
    };
    const rules = this.space.constraints.map((formula) => ({ formula, variables: [...variablesOf(formula)] }));
    for (const { variables } of rules) {
      const [first] = variables;
      if (first !== undefined) for (const other of variables) leader[find(other)] = find(first);
    }
    const numbers = new Map<number, number>();
    for (let i = 0; i < leader.length; i += 1) {
      const root = find(i);
      const number = numbers.get(root) ?? numbers.size;
      numbers.set(root, number);
      this.componentOf[i] = number;
      const component = this.components[number] ?? { variables: [], allowed: 1 };
      component.variables.push(i);
      this.components[number] = component;
    }
    for (const { formula, variables } of rules) {
      const component = this.components[this.componentOf[variables[0] ?? 0] ?? 0];
      if (component) component.allowed = this.diagrams.and(component.allowed, this.diagrams.of(formula));
    }
    this.totals = this.components.map((component, number) => this.countOver(component.allowed, [number]));
  }

  private fire(statement: AnalysedStatement): Fired {
    const formula = or(
      ...statement.conditions.map((condition) => (condition ? this.space.whenTrue(condition) : ALWAYS)),
    );
    const components = [...new Set([...variablesOf(formula)].map((variable) => this.componentOf[variable] ?? 0))].sort(
      (a, b) => a - b,
    );
    const allowed = this.allowedBy(components);
    const yes = this.diagrams.of(formula);
    return {
      key: statement.key,
      specific: statement.specific,
      formula,
      yes: this.diagrams.and(allowed, yes),
      no: this.diagrams.and(allowed, this.diagrams.negate(yes)),
      components,
      mask: toMask(components, this.components.length),
    };
  }

  private allowedBy(components: Iterable<number>): Diagram {
    let allowed: Diagram = 1;
    for (const component of components) allowed = this.diagrams.and(allowed, this.components[component]?.allowed ?? 1);
    return allowed;
  }

  private factsOf(one: Fired): StatementFacts {
    const facts: StatementFacts = { unreachable: one.yes === 0, alwaysFires: one.no === 0 };
    const own = this.countOver(one.yes, one.components);
    const others = this.totals.reduce(
      (product, total, number) => (one.components.includes(number) ? product : product * total),
      1,
    );
    const count = own === 0 ? 0 : own * others;
    if (Number.isSafeInteger(count)) facts.fireCount = count;
    if (one.yes !== 0) facts.example = this.space.toAnswers(this.complete(one.yes, one.components));
    return facts;
  }

  private countAll(): number | undefined {
    const total = this.totals.reduce((product, own) => product * own, 1);
    return Number.isSafeInteger(total) ? total : undefined;
  }

  private countOver(diagram: Diagram, components: readonly number[]): number {
    const variables = components.flatMap((number) => this.components[number]?.variables ?? []).sort((a, b) => a - b);
    return this.diagrams.countOver(
      diagram,
      variables,
      this.space.variables.map((variable) => variable.weights),
    );
  }

  /** A whole assignment from one in the given components: the others stand at an answer the form allows. */
  private complete(diagram: Diagram, components: readonly number[], turn?: () => number): number[] {
    const values = this.space.variables.map((variable) => (turn ? turn() % variable.weights.length : 0));
    for (const [number, component] of this.components.entries())
      if (!components.includes(number)) this.diagrams.writeExample(component.allowed, values, turn);
    this.diagrams.writeExample(diagram, values, turn);
    return values;
  }

  /** Compares all pairs that fire sometimes; witnesses settle most pairs before any diagram is walked. */
  private relate(fired: readonly Fired[], analysis: Analysis): void {
    const reachable = fired.filter((one) => one.yes !== 0);
    const groups = groupBy(reachable, (one) => one.yes);
    const leaders = [...groups.values()].flatMap((group) => group.slice(0, 1));
    const seenIn = this.seenBy(leaders);
    for (const group of groups.values()) pairsWithin(group, analysis.duplicates);
    const seen: Seen = { both: false, first: false, second: false };
    for (const [i, a] of leaders.entries()) {
      const own = seenIn[i] as Int32Array;
      for (let j = i + 1; j < leaders.length; j += 1) {
        const b = leaders[j] as Fired;
        compareSeen(own, seenIn[j] as Int32Array, seen);
        if (seen.both && seen.first && seen.second) continue;
        // Statements over questions that have nothing to do with each other can always fire together and apart, unless one always does.
        if (shareComponent(a, b) || a.no === 0 || b.no === 0) this.relatePair([a, b], seen, groups, analysis);
      }
    }
    sortPairs(
      analysis,
      this.input.statements.map((statement) => statement.key),
    );
  }

  /** Which assignments each set holds: one that lies in each of them, the rest of it by turns. */
  private seenBy(leaders: readonly Fired[]): Int32Array[] {
    const turn = turns();
    const assignments = [...leaders, ...leaders]
      .slice(0, MOST_WITNESSES)
      .map((one) => this.complete(one.yes, one.components, turn));
    const witnesses = new Witnesses(
      this.diagrams,
      this.space.variables.map((variable) => variable.weights.length),
      assignments,
    );
    return leaders.map((one) => witnesses.in(one.yes));
  }

  private relatePair(
    [a, b]: readonly [Fired, Fired],
    seen: Seen,
    groups: ReadonlyMap<Diagram, readonly Fired[]>,
    analysis: Analysis,
  ): void {
    const [left, right] = [groups.get(a.yes) ?? [], groups.get(b.yes) ?? []];
    if (!seen.both && !this.diagrams.meet(a.yes, b.yes)) {
      addPairs(left, right, analysis.exclusive);
      return;
    }
    const within = !seen.first && !this.diagrams.meet(a.yes, b.no);
    const around = !seen.second && !this.diagrams.meet(b.yes, a.no);
    if (within && around) addPairs(left, right, analysis.duplicates);
    else if (within) addPairs(left, right, analysis.subsumptions);
    else if (around) addPairs(right, left, analysis.subsumptions);
  }

  private gap(specific: readonly Fired[]): Answers | undefined {
    if (specific.length === 0) return undefined;
    const found = findGap(
      this.space,
      specific.map((one) => one.formula),
    );
    if (found === 'undecided') throw new BudgetExceeded();
    return found ? this.space.toAnswers(found) : undefined;
  }
}

/** Repeatable numbers to take turns by: the same bank gives the same witnesses. */
function turns(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function shareComponent(a: Fired, b: Fired): boolean {
  for (let i = 0; i < a.mask.length; i += 1) if (((a.mask[i] as number) & (b.mask[i] as number)) !== 0) return true;
  return false;
}

function toMask(numbers: readonly number[], size: number): Int32Array {
  const mask = new Int32Array(Math.ceil(size / 32));
  for (const number of numbers) mask[number >> 5] = (mask[number >> 5] as number) | (1 << (number & 31));
  return mask;
}

function pairsWithin(group: readonly Fired[], into: [string, string][]): void {
  for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) into.push([a.key, b.key]);
}

function addPairs(left: readonly Fired[], right: readonly Fired[], into: [string, string][]): void {
  for (const a of left) for (const b of right) into.push([a.key, b.key]);
}

/** Symmetric pairs name the statement that comes first in the bank first. */
function sortPairs(analysis: Analysis, order: readonly string[]): void {
  const place = new Map(order.map((key, i) => [key, i]));
  const at = (key: string) => place.get(key) ?? 0;
  for (const pairs of [analysis.duplicates, analysis.exclusive])
    for (const pair of pairs) pair.sort((a, b) => at(a) - at(b));
  for (const pairs of [analysis.duplicates, analysis.exclusive, analysis.subsumptions])
    pairs.sort((a, b) => at(a[0]) - at(b[0]) || at(a[1]) - at(b[1]));
}

/** Variables a formula mentions. */
export function variablesOf(formula: Formula, into = new Set<number>()): Set<number> {
  if (formula.op === 'in') into.add(formula.variable);
  if (formula.op === 'count') for (const variable of formula.variables) into.add(variable);
  if (formula.op === 'not') variablesOf(formula.part, into);
  if (formula.op === 'and' || formula.op === 'or') for (const part of formula.parts) variablesOf(part, into);
  return into;
}
