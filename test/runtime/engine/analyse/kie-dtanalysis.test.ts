import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnalysedStatement, analyseStatements } from '../../../../runtime/engine/analyse/analyse.ts';
import type { Question } from '../../../../runtime/engine/condition/question.ts';
import type { Condition } from '../../../../schemas/condition.ts';

const file = '../shared/cases/external/advice/kie-dtanalysis/cases.json';
const absent = !existsSync(file);
if (absent) console.log(`skipped: ${file} is not here`);

type End = { n: string } | string | boolean;
interface Interval {
  lo: End;
  loClosed: boolean;
  hi: End;
  hiClosed: boolean;
}
interface Input {
  type: string;
  domain: string | null;
}
interface TableCase {
  id: string;
  table: { inputs: Input[]; rules: { when: string[] }[] };
  expected: {
    gaps?: { count: number; list?: Interval[][] };
    overlaps?: { count: number; list?: { rules: number[]; box: Interval[] }[] };
    duplicates?: { count: number };
  };
}
const cases = absent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as TableCase[]);

/** A decision table as questions and one statement a rule: the adapter of this test alone. */
class Table {
  private readonly inputs: Input[];
  readonly questions: Map<string, Question>;
  readonly rules: AnalysedStatement[];
  readonly outside: AnalysedStatement[];

  constructor(inputs: Input[], rules: { when: string[] }[]) {
    this.inputs = inputs;
    this.questions = new Map(inputs.map((input, i) => [`c${i}`, this.question(input, i)]));
    this.rules = rules.map((rule, i) =>
      this.statement(
        `r${i + 1}`,
        rule.when.map((text, column) => this.cell(text, column)),
      ),
    );
    this.outside = inputs.flatMap((input, i) => {
      const open = /^\[.*\.\.(.*)\)$/.exec(input.domain ?? '');
      return open
        ? [this.statement(`edge${i}`, [{ op: 'equals', of: { question: `c${i}` }, value: Number(open[1]) }])]
        : [];
    });
  }

  statement(key: string, conditions: Condition[]): AnalysedStatement {
    return { key, conditions: [{ op: 'all', conditions }], specific: true };
  }

  box(key: string, box: Interval[]): AnalysedStatement {
    return this.statement(
      key,
      box.map((interval, column) => this.interval(interval, column)),
    );
  }

  private options(column: number): string[] {
    return [...(this.questions.get(`c${column}`)?.options ?? [])];
  }

  private question(input: Input, i: number): Question {
    const range = /^\[(.*)\.\.(.*)[\])]$/.exec(input.domain ?? '');
    const least = /^>=\s*(.*)$/.exec(input.domain ?? '');
    const min = range?.[1] ?? least?.[1];
    const options =
      input.type === 'boolean'
        ? ['false', 'true']
        : [...(input.domain ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
    const validation = {
      ...(min === undefined ? {} : { min: Number(min) }),
      ...(range ? { max: Number(range[2]) } : {}),
    };
    const type = input.type === 'number' ? 'number' : 'choice';
    return {
      key: `c${i}`,
      type,
      label: '',
      options: type === 'choice' ? options : [],
      optionLabels: {},
      exclusiveOptions: [],
      validation,
      required: true,
    };
  }

  private cell(text: string, column: number): Condition {
    const of = { question: `c${column}` };
    const trimmed = text.trim();
    const negated = /^not\((.*)\)$/.exec(trimmed);
    if (negated) return { op: 'not', condition: this.cell(negated[1] ?? '', column) };
    const range = /^([[(])(.*)\.\.(.*)([\])])$/.exec(trimmed);
    if (trimmed === '-') return { op: 'all', conditions: [] };
    if (trimmed === 'null') return { op: 'any', conditions: [] };
    if (range)
      return this.interval(
        {
          lo: { n: range[2] ?? '' },
          loClosed: range[1] === '[',
          hi: { n: range[3] ?? '' },
          hiClosed: range[4] === ']',
        },
        column,
      );
    const compared = /^(<=|>=|<|>)\s*(.*)$/.exec(trimmed);
    const ops = { '<=': 'atMost', '>=': 'atLeast', '<': 'lessThan', '>': 'moreThan' } as const;
    if (compared) return { op: ops[compared[1] as '<'], of, value: Number(compared[2]) };
    if (this.inputs[column]?.type === 'number') return { op: 'equals', of, value: Number(trimmed) };
    return { op: 'isOneOf', of, values: trimmed.split(',').map((value) => value.trim().replaceAll('"', '')) };
  }

  private interval({ lo, loClosed, hi, hiClosed }: Interval, column: number): Condition {
    const of = { question: `c${column}` };
    const conditions: Condition[] = [];
    const isBound = (end: End): end is { n: string } => typeof end === 'object';
    if (this.inputs[column]?.type === 'number') {
      if (isBound(lo)) conditions.push({ op: loClosed ? 'atLeast' : 'moreThan', of, value: Number(lo.n) });
      if (isBound(hi)) conditions.push({ op: hiClosed ? 'atMost' : 'lessThan', of, value: Number(hi.n) });
      return { op: 'all', conditions };
    }
    const options = this.options(column);
    const [from, to] = [options.indexOf(String(lo)), options.indexOf(String(hi))];
    const inside = options.filter(
      (_, i) =>
        (lo === '-inf' || (loClosed ? i >= from : i > from)) && (hi === '+inf' || (hiClosed ? i <= to : i < to)),
    );
    return inside.length > 0 ? { op: 'isOneOf', of, values: inside } : { op: 'any', conditions: [] };
  }

  analyse(statements: AnalysedStatement[]) {
    return analyseStatements({ questions: this.questions, named: {}, asAtDay: 0, statements });
  }
}

describe.skipIf(absent)('decision tables of the KIE analysis (A6)', () => {
  it.each(cases.map((one, i) => [`${i} ${one.id}`, one] as const))(
    '%s: gaps and overlaps are the same regions',
    (_, one) => {
      const table = new Table(one.table.inputs, one.table.rules);
      const { gaps, overlaps, duplicates } = one.expected;
      const plain = table.analyse([...table.rules, ...table.outside]);
      expect(plain.decided).toBe(true);
      if (gaps) expect(plain.gaps.length > 0).toBe(gaps.count > 0);
      if (gaps?.list) {
        const boxes = gaps.list.map((box, i) => table.box(`gap${i}`, box));
        const covered = table.analyse([...table.rules, ...boxes, ...table.outside]);
        expect(covered.gaps).toEqual([]);
        const apart = new Set(covered.exclusive.map((pair) => pair.join()));
        const meeting = boxes.flatMap((box) =>
          table.rules
            .filter(
              (rule) => covered.statements.get(rule.key)?.unreachable === false && !apart.has(`${rule.key},${box.key}`),
            )
            .map((rule) => `${rule.key} ${box.key}`),
        );
        expect(meeting).toEqual([]);
      }
      if (overlaps?.list) {
        const pairs = new Set(
          overlaps.list.flatMap(({ rules }) =>
            rules.flatMap((a, i) => rules.slice(i + 1).map((b) => `r${Math.min(a, b)},r${Math.max(a, b)}`)),
          ),
        );
        const apart = new Set(plain.exclusive.map((pair) => pair.join()));
        const meeting = table.rules
          .flatMap((a, i) => table.rules.slice(i + 1).map((b) => `${a.key},${b.key}`))
          .filter((pair) => !apart.has(pair));
        expect(new Set(meeting)).toEqual(pairs);
      } else if (overlaps?.count === 0) {
        const reachable = table.rules.filter((rule) => plain.statements.get(rule.key)?.unreachable === false).length;
        expect(plain.exclusive.filter((pair) => pair.every((key) => key.startsWith('r')))).toHaveLength(
          (reachable * (reachable - 1)) / 2,
        );
      }
      if (duplicates) expect(plain.duplicates).toHaveLength(duplicates.count);
    },
  );
});
