import type { Answers, Condition } from '../../../schemas/condition.ts';
import type { AnswerSpace } from './answer-space.ts';
import { type Diagram, Diagrams } from './diagram.ts';
import { ALWAYS, and, type Formula, not, or } from './formula.ts';

/** Where some conditions are true together, over all answers the form allows. */
export interface TruthSet {
  readonly formula: Formula;
  /** Answers allowed by the form for which one of them is true, and for which none is. */
  readonly yes: Diagram;
  readonly no: Diagram;
  /** Numbers of the components the conditions look at. */
  readonly components: readonly number[];
}

interface Component {
  readonly variables: number[];
  allowed: Diagram;
}

/**
 * The answers a form allows and where conditions are true in them, as diagrams. What the form allows falls apart into
 * components that no rule of the form binds together. Everything here throws BudgetExceeded when the work grows too large.
 */
export class TruthSets {
  readonly space: AnswerSpace;
  readonly diagrams: Diagrams;
  readonly components: Component[] = [];
  private readonly componentOf: number[] = [];
  private readonly sizes: readonly number[];
  /** Number of answers each component allows. */
  private knownTotals: readonly number[] | undefined;

  constructor(space: AnswerSpace, budget: number) {
    this.space = space;
    this.sizes = space.variables.map((variable) => variable.weights.length);
    this.diagrams = new Diagrams(this.sizes, budget);
    this.buildComponents();
  }

  private get totals(): readonly number[] {
    this.knownTotals ??= this.components.map((component, number) => this.countOver(component.allowed, [number]));
    return this.knownTotals;
  }

  /** Where one of the conditions is true; undefined among them is one that always is. */
  of(conditions: readonly (Condition | undefined)[]): TruthSet {
    const formula = or(...conditions.map((condition) => (condition ? this.space.whenTrue(condition) : ALWAYS)));
    const components = [...new Set([...variablesOf(formula)].map((variable) => this.componentOf[variable] ?? 0))];
    components.sort((a, b) => a - b);
    const yes = this.diagrams.of(formula);
    return {
      formula,
      yes: this.within(yes, components),
      no: this.within(this.diagrams.negate(yes), components),
      components,
    };
  }

  /** Whether the condition is true for the same answers as the set; it must look at no further questions. */
  isSame(set: TruthSet, condition: Condition): boolean {
    return this.within(this.diagrams.of(this.space.whenTrue(condition)), set.components) === set.yes;
  }

  /** The answers of one set that are not in another. */
  without(set: TruthSet, other: TruthSet): TruthSet {
    const formula = and(set.formula, not(other.formula));
    const components = [...new Set([...set.components, ...other.components])].sort((a, b) => a - b);
    const yes = this.within(this.diagrams.and(set.yes, this.diagrams.negate(other.yes)), components);
    return { formula, yes, no: this.within(this.diagrams.negate(yes), components), components };
  }

  /** Number of complete responses in the set; undefined where that is not finite or not exact. */
  count(set: TruthSet): number | undefined {
    const own = this.countOver(set.yes, set.components);
    const others = this.totals.reduce(
      (product, total, number) => (set.components.includes(number) ? product : product * total),
      1,
    );
    return toCount(own === 0 ? 0 : own * others);
  }

  /** Number of complete responses; undefined where that is not finite or not exact. */
  countAll(): number | undefined {
    return toCount(this.totals.reduce((product, own) => product * own, 1));
  }

  /** An answer set in a set that is not empty. */
  example(set: TruthSet): Answers {
    return this.space.toAnswers(this.assignment(set));
  }

  /** Values by variable in a set that is not empty: the first possible, or by `turn`. */
  assignment(set: TruthSet, turn?: () => number): number[] {
    const values = this.sizes.map((size) => (turn ? turn() % size : 0));
    for (const [number, component] of this.components.entries())
      if (!set.components.includes(number)) this.diagrams.writeExample(component.allowed, values, turn);
    this.diagrams.writeExample(set.yes, values, turn);
    return values;
  }

  private within(diagram: Diagram, components: readonly number[]): Diagram {
    let allowed: Diagram = 1;
    for (const component of components) allowed = this.diagrams.and(allowed, this.components[component]?.allowed ?? 1);
    return this.diagrams.and(allowed, diagram);
  }

  private buildComponents(): void {
    const rules = this.space.constraints.map((formula) => ({ formula, variables: [...variablesOf(formula)] }));
    const leaders = joinedLeaders(
      this.sizes.length,
      rules.map((rule) => rule.variables),
    );
    const numbers = new Map<number, number>();
    for (const [variable, leader] of leaders.entries()) {
      const number = numbers.get(leader) ?? numbers.size;
      numbers.set(leader, number);
      this.componentOf[variable] = number;
      const component = this.components[number] ?? { variables: [], allowed: 1 };
      component.variables.push(variable);
      this.components[number] = component;
    }
    for (const { formula, variables } of rules) {
      const component = this.components[this.componentOf[variables[0] ?? 0] ?? 0];
      if (component) component.allowed = this.diagrams.and(component.allowed, this.diagrams.of(formula));
    }
  }

  private countOver(diagram: Diagram, components: readonly number[]): number {
    const variables = components.flatMap((number) => this.components[number]?.variables ?? []).sort((a, b) => a - b);
    return this.diagrams.countOver(
      diagram,
      variables,
      this.space.variables.map((variable) => variable.weights),
    );
  }
}

function toCount(count: number): number | undefined {
  return Number.isSafeInteger(count) ? count : undefined;
}

/** The same number for all variables that groups bind together. */
function joinedLeaders(count: number, groups: readonly (readonly number[])[]): number[] {
  const leader = Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (leader[at] !== at) at = leader[at] ?? at;
    return at;
  };
  for (const [first, ...others] of groups)
    if (first !== undefined) for (const other of others) leader[find(other)] = find(first);
  return leader.map((_, i) => find(i));
}

function variablesOf(formula: Formula, into = new Set<number>()): Set<number> {
  if (formula.op === 'in') into.add(formula.variable);
  if (formula.op === 'count') for (const variable of formula.variables) into.add(variable);
  if (formula.op === 'not') variablesOf(formula.part, into);
  if (formula.op === 'and' || formula.op === 'or') for (const part of formula.parts) variablesOf(part, into);
  return into;
}
