import type { AnswerValue, Condition } from '../../../schemas/condition.ts';
import { latestBirthDay, toDateText } from '../condition/dates.ts';
import { calculate, inputsOf } from '../condition/effective-answers.ts';
import type { NamedConditions } from '../condition/evaluate.ts';
import { type Leaf, testLeaf, toText } from '../condition/leaf.ts';
import type { Question, Questions } from '../condition/question.ts';
import { FALSE, TRUE } from '../condition/truth.ts';
import { ALWAYS, and, type Formula, implies, NEVER, not, or } from './formula.ts';
import { cutsOf, isOpen, isWhole, leavesByQuestion, plainAnswers, singlesOf, toAnswer } from './question-values.ts';
import { addSegments, cutLine, piecesMeet, type Segment } from './segment.ts';

/** A variable of the analysis: a question, or one option of a multi-choice question. */
export interface Variable {
  readonly question: string;
  readonly option?: string;
  /** Answer of each value; undefined is not answered. Absent for options. */
  readonly answers: readonly (AnswerValue | undefined)[];
  readonly weights: readonly number[];
  readonly segments?: readonly Segment[];
}

/** Tuples of single numbers a calculation is followed through. */
const MOST_TUPLES = 4_096;

const zero: Segment = { lo: 0, hi: 0, open: false, inside: 0, weight: 1 };

interface MultiChoice {
  readonly flag: number;
  readonly options: ReadonlyMap<string, number>;
}

/** All answers a form can be given, as variables with finitely many values and the constraints of its branching (A6). */
export class AnswerSpace {
  readonly variables: Variable[] = [];
  /** One constraint a question, with the variables it binds together. */
  readonly constraints: Formula[] = [];
  /** Calculated questions whose values could not be followed exactly. */
  readonly inexact = new Set<string>();
  private readonly singles = new Map<string, number>();
  private readonly multis = new Map<string, MultiChoice>();
  private readonly questions: Questions;
  private readonly named: NamedConditions;
  private readonly asAtDay: number;
  private readonly leaves: Map<string, Leaf[]>;

  constructor(questions: Questions, named: NamedConditions, conditions: readonly Condition[], asAtDay: number) {
    this.questions = questions;
    this.named = named;
    this.asAtDay = asAtDay;
    const shown = [...questions.values()].flatMap((question) => question.shownWhen ?? []);
    this.leaves = leavesByQuestion([...conditions, ...shown, ...Object.values(named).map((one) => one.when)]);
    for (const question of questions.values()) this.addQuestion(question);
    for (const question of questions.values()) this.constrain(question);
  }

  /** When the condition is true. */
  whenTrue(condition: Condition): Formula {
    return this.translate(condition, true, []);
  }

  /** Answers of an assignment, values by variable; unnamed variables stand at their first possible value. */
  toAnswers(values: ArrayLike<number>): Record<string, AnswerValue> {
    const answers: Record<string, AnswerValue> = {};
    for (const [key, index] of this.singles) {
      const value = this.variables[index]?.answers[values[index] ?? 0];
      if (value !== undefined && this.questions.get(key)?.type !== 'calculated') answers[key] = value;
    }
    for (const [key, { flag, options }] of this.multis) {
      if (values[flag] === 1)
        answers[key] = [...options].filter(([, index]) => values[index] === 1).map(([option]) => option);
    }
    return answers;
  }

  private addQuestion(question: Question): void {
    if (question.type === 'multi-choice') {
      const flag = this.add({ question: question.key, answers: [undefined, []], weights: [1, 1] });
      const options = question.options.map(
        (option) => [option, this.add({ question: question.key, option, answers: [], weights: [1, 1] })] as const,
      );
      this.multis.set(question.key, { flag, options: new Map(options) });
      return;
    }
    const calculation = question.calculation;
    const follows =
      calculation &&
      (calculation.of === 'countSelected' || calculation.of === 'ageAtAsAt' || calculation.of === 'daysUntil');
    if (question.type === 'calculated' && (follows || !calculation)) return;
    const segments = this.segmentsOf(question);
    const answers = segments
      ? segments.map((segment) => toAnswer(question, segment))
      : plainAnswers(question, this.leaves.get(question.key) ?? []);
    const weights = segments
      ? segments.map((segment) => segment.weight)
      : answers.map(() => (isOpen(question) ? Number.POSITIVE_INFINITY : 1));
    // A calculated number follows from others and must not be counted again; only from single numbers is that exact.
    const own =
      question.type === 'calculated' ? weights.map(() => (this.followsSingles(question) ? 1 : Infinity)) : weights;
    this.singles.set(
      question.key,
      this.add({
        question: question.key,
        answers: [undefined, ...answers],
        weights: [1, ...own],
        ...(segments ? { segments } : {}),
      }),
    );
  }

  private add(variable: Variable): number {
    this.variables.push(variable);
    return this.variables.length - 1;
  }

  private segmentsOf(question: Question): Segment[] | undefined {
    if (
      question.type !== 'number' &&
      question.type !== 'money' &&
      question.type !== 'date' &&
      question.type !== 'calculated'
    )
      return undefined;
    const cuts = (this.leaves.get(question.key) ?? []).flatMap((leaf) => cutsOf(leaf, this.asAtDay));
    for (const other of this.questions.values()) {
      const calculation = other.calculation;
      if (!calculation || !inputsOf(calculation).includes(question.key)) continue;
      const values = (this.leaves.get(other.key) ?? []).flatMap((leaf) => cutsOf(leaf, this.asAtDay));
      if (calculation.of === 'daysUntil') cuts.push(...values.map((value) => this.asAtDay + value));
      if (calculation.of === 'ageAtAsAt')
        cuts.push(
          ...values
            .flatMap((value) => [Math.floor(value), Math.floor(value) + 1])
            .flatMap((years) => [latestBirthDay(years, this.asAtDay), latestBirthDay(years, this.asAtDay) + 1]),
        );
    }
    const singles = [...this.questions.values()].some(
      (other) => inputsOf(other.calculation).includes(question.key) && this.followsSingles(other),
    );
    if (singles && question.type !== 'calculated') return singlesOf(question);
    const { min, max } = question.type === 'calculated' || question.type === 'date' ? {} : question.validation;
    const whole = isWhole(question, this.questions);
    return cutLine(cuts, min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY, whole);
  }

  private constrain(question: Question): void {
    const shown = question.shownWhen ? this.translate(question.shownWhen, true, []) : ALWAYS;
    const multi = this.multis.get(question.key);
    const single = this.singles.get(question.key);
    const variable = multi?.flag ?? single;
    if (variable === undefined) return;
    const answered = this.answered(variable);
    if (multi) this.constraints.push(and(...selectionRules(question, multi, answered)));
    if (question.type === 'calculated') {
      this.constrainCalculated(question, variable, shown);
      return;
    }
    if (question.shownWhen) this.constraints.push(implies(not(shown), not(answered)));
    if (question.required) this.constraints.push(implies(shown, answered));
  }

  /** A difference or sum of numbers: which pieces can go together. Exact over single numbers, and for one calculation of two. */
  private constrainCalculated(question: Question, variable: number, shown: Formula): void {
    const inputs = inputsOf(question.calculation).map((key) => this.singles.get(key));
    const known = inputs.filter((input) => input !== undefined);
    const exact = this.followsSingles(question) || (inputs.length === 2 && this.standsAlone(question));
    if (!exact || known.length < inputs.length) {
      if (this.leaves.has(question.key)) this.inexact.add(question.key);
      return;
    }
    const sign = question.calculation?.of === 'difference' ? -1 : 1;
    this.constraints.push(
      implies(not(shown), not(this.answered(variable))),
      implies(shown, this.linkPieces(known, variable, sign)),
    );
  }

  /** Whether no other calculation reads its numbers, which are plain questions and two of them. */
  private standsAlone(question: Question): boolean {
    const inputs = inputsOf(question.calculation);
    return (
      new Set(inputs).size === inputs.length &&
      inputs.every((key) => this.questions.get(key)?.type !== 'calculated') &&
      [...this.questions.values()].every(
        (other) => other.key === question.key || !inputsOf(other.calculation).some((key) => inputs.includes(key)),
      )
    );
  }

  private followsSingles(question: Question): boolean {
    const sizes = inputsOf(question.calculation).map((key) => {
      const input = this.questions.get(key);
      return input && input.type !== 'calculated' ? singlesOf(input)?.length : undefined;
    });
    return sizes.reduce<number>((product, size) => product * (size ?? Infinity), 1) <= MOST_TUPLES;
  }

  /** For every tuple of pieces the pieces the result can lie in; without one of the numbers there is no result. */
  private linkPieces(inputs: readonly number[], result: number, sign: 1 | -1): Formula {
    const pieces = this.variables[result]?.segments ?? [];
    const rules: Formula[] = [];
    const visit = (at: number, others: readonly Formula[], sum: Segment | undefined): void => {
      const input = inputs[at];
      if (input === undefined) {
        const allowed = [false, ...pieces.map((piece) => sum !== undefined && piecesMeet(sum, piece))];
        rules.push(or(...others, { op: 'in', variable: result, allowed }));
        return;
      }
      rules.push(or(...others, not(this.equals(input, 0)), not(this.answered(result))));
      for (const [i, segment] of (this.variables[input]?.segments ?? []).entries()) {
        const next = at === 0 ? segment : addSegments(sum ?? zero, segment, sign);
        visit(at + 1, [...others, not(this.equals(input, i + 1))], next);
      }
    };
    visit(0, [], undefined);
    return and(...rules);
  }

  private equals(variable: number, value: number): Formula {
    return { op: 'in', variable, allowed: (this.variables[variable]?.answers ?? []).map((_, i) => i === value) };
  }

  private answered(variable: number): Formula {
    return { op: 'in', variable, allowed: (this.variables[variable]?.answers ?? []).map((_, i) => i > 0) };
  }

  /** When the condition is true (or, with `wanted` false, is false); unknown is neither (A2). */
  private translate(condition: Condition, wanted: boolean, names: readonly string[]): Formula {
    switch (condition.op) {
      case 'all':
      case 'any': {
        const parts = condition.conditions.map((child) => this.translate(child, wanted, names));
        return { op: (condition.op === 'all') === wanted ? 'and' : 'or', parts };
      }
      case 'not':
        return this.translate(condition.condition, !wanted, names);
      case 'named': {
        const named = Object.hasOwn(this.named, condition.name) ? this.named[condition.name] : undefined;
        if (!named || names.includes(condition.name)) return NEVER;
        return this.translate(named.when, wanted, [...names, condition.name]);
      }
      default:
        return this.leaf(condition, wanted);
    }
  }

  private leaf(leaf: Leaf, wanted: boolean): Formula {
    const question = 'question' in leaf.of ? this.questions.get(leaf.of.question) : undefined;
    if (!question) return this.constantLeaf(leaf, wanted);
    const multi = this.multis.get(question.key);
    if (multi) return this.multiLeaf(leaf, multi, wanted);
    const variable = this.singles.get(question.key);
    if (variable !== undefined)
      return this.tested(variable, (answer) => testLeaf(leaf, answer, this.asAtDay) === (wanted ? TRUE : FALSE));
    return this.followedLeaf(leaf, question, wanted);
  }

  /** Something the form never asks is unanswered: only `answered` and `unanswered` are then known. */
  private constantLeaf(leaf: Leaf, wanted: boolean): Formula {
    return testLeaf(leaf, undefined, this.asAtDay) === (wanted ? TRUE : FALSE) ? ALWAYS : NEVER;
  }

  private tested(variable: number, test: (answer: AnswerValue | undefined) => boolean): Formula {
    return { op: 'in', variable, allowed: (this.variables[variable]?.answers ?? []).map(test) };
  }

  /** A calculated question that follows from one question: its leaf is a leaf over that question. */
  private followedLeaf(leaf: Leaf, question: Question, wanted: boolean): Formula {
    const calculation = question.calculation;
    const [input = ''] = inputsOf(calculation);
    const shown = question.shownWhen ? this.translate(question.shownWhen, true, []) : ALWAYS;
    const hiddenToo = this.constantLeaf(leaf, wanted);
    const asAt = toDateText(this.asAtDay);
    const base = this.singles.get(input);
    const multi = this.multis.get(input);
    if (!calculation || (base === undefined && !multi)) return hiddenToo;
    const value = multi
      ? this.countTested(multi, (count) => testLeaf(leaf, count, this.asAtDay) === (wanted ? TRUE : FALSE), hiddenToo)
      : this.tested(
          base ?? 0,
          (answer) =>
            testLeaf(
              leaf,
              answer === undefined ? undefined : calculate(calculation, { answers: { [input]: answer }, asAt }),
              this.asAtDay,
            ) === (wanted ? TRUE : FALSE),
        );
    return or(and(shown, value), and(not(shown), hiddenToo));
  }

  private countTested(multi: MultiChoice, test: (count: number) => boolean, unanswered: Formula): Formula {
    const variables = [...multi.options.values()];
    const counts = Array.from({ length: variables.length + 1 }, (_, count) => count).filter(test);
    const answered = this.answered(multi.flag);
    return or(
      and(answered, or(...counts.map((n): Formula => ({ op: 'count', variables, least: n, most: n })))),
      and(not(answered), unanswered),
    );
  }

  private multiLeaf(leaf: Leaf, multi: MultiChoice, wanted: boolean): Formula {
    const answered = this.answered(multi.flag);
    switch (leaf.op) {
      case 'answered':
      case 'unanswered':
        return (leaf.op === 'answered') === wanted ? answered : not(answered);
      case 'includes':
      case 'includesAny':
      case 'includesAll': {
        const values = leaf.op === 'includes' ? [leaf.value] : leaf.values;
        const chosen = values.map((value) => this.option(multi, toText(value)));
        const holds = leaf.op === 'includesAll' ? and(...chosen) : or(...chosen);
        return and(answered, wanted ? holds : not(holds));
      }
      case 'countAtLeast':
      case 'countAtMost': {
        const variables = [...multi.options.values()];
        const least = leaf.op === 'countAtLeast' ? leaf.count : 0;
        const most = leaf.op === 'countAtMost' ? leaf.count : variables.length;
        const holds: Formula = { op: 'count', variables, least, most };
        return and(answered, wanted ? holds : not(holds));
      }
      default:
        return NEVER;
    }
  }

  private option(multi: MultiChoice, option: string): Formula {
    const variable = multi.options.get(option);
    return variable === undefined ? NEVER : { op: 'in', variable, allowed: [false, true] };
  }
}

function selectionRules(question: Question, multi: MultiChoice, answered: Formula): Formula[] {
  const variables = [...multi.options.values()];
  const { min = 0, max = variables.length } = question.validation;
  const rules: Formula[] = [
    implies(answered, { op: 'count', variables, least: min, most: max }),
    implies(not(answered), { op: 'count', variables, least: 0, most: 0 }),
  ];
  for (const option of question.exclusiveOptions) {
    const variable = multi.options.get(option);
    const chosen: Formula = variable === undefined ? NEVER : { op: 'in', variable, allowed: [false, true] };
    rules.push(implies(chosen, { op: 'count', variables, least: 1, most: 1 }));
  }
  return rules;
}
