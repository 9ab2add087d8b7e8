import { type Condition, MAX_CONDITION_DEPTH, type Operand, type Scalar } from '../../../../schemas/condition.ts';
import { toEpochDay } from '../dates.ts';
import { reservedWords } from './print.ts';
import { readTokens, TextError, type TextProblem, type Token } from './token.ts';

/** Where a node of the tree stands in the text, by JSON pointer. */
export interface SourceRange {
  from: number;
  to: number;
}

/** What the text may go on with where it ends. */
export interface Expectation {
  kind: 'clause' | 'operand' | 'comparison' | 'value' | 'listed' | 'number' | 'date' | 'name' | 'joiner';
  /** What a comparison or value is about. */
  of?: Operand;
}

export type ParsedCondition =
  | { condition: Condition; ranges: ReadonlyMap<Condition, SourceRange> }
  | { problem: TextProblem };

/** Reads the text form (A3): the tree with the source range of every node, or the first problem with its place. */
export function parseCondition(text: string): ParsedCondition {
  try {
    return new Parser(readTokens(text)).parse();
  } catch (error) {
    if (error instanceof TextError) return { problem: error.problem };
    throw error;
  }
}

/** What may come after a text that is right so far; undefined where it is wrong before its end. */
export function expectedAfter(text: string): Expectation | undefined {
  try {
    const parser = new Parser(readTokens(text));
    const parsed = parser.attempt();
    return parsed === undefined || parsed.from >= text.length ? parser.expecting : undefined;
  } catch (error) {
    if (error instanceof TextError) return undefined;
    throw error;
  }
}

class Parser {
  /** What was read for last. */
  expecting: Expectation = { kind: 'clause' };
  private readonly tokens: readonly Token[];
  private readonly ranges = new Map<Condition, SourceRange>();
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): ParsedCondition {
    const condition = this.readAny();
    if (this.peek().kind !== 'end')
      this.fail(this.peek(), `expected "and", "or" or the end, found "${this.peek().value}"`);
    return { condition, ranges: this.ranges };
  }

  /** The first problem, if there is one. */
  attempt(): TextProblem | undefined {
    try {
      this.parse();
      return undefined;
    } catch (error) {
      if (error instanceof TextError) return error.problem;
      throw error;
    }
  }

  private readAny(): Condition {
    return this.readJoined('or', 'any', () => this.readAll());
  }

  private readAll(): Condition {
    return this.readJoined('and', 'all', () => this.readOne());
  }

  private readJoined(word: string, op: 'all' | 'any', readPart: () => Condition): Condition {
    const from = this.peek().from;
    const conditions = [readPart()];
    this.expecting = { kind: 'joiner' };
    while (this.takeWord(word)) conditions.push(readPart());
    const [first] = conditions;
    return first && conditions.length === 1 ? first : this.mark({ op, conditions }, from);
  }

  private readOne(): Condition {
    const token = this.peek();
    this.expecting = { kind: 'clause' };
    this.depth += 1;
    // The parser recurses with the brackets; four times the cap leaves room for redundant ones.
    if (this.depth > MAX_CONDITION_DEPTH * 4)
      this.fail(token, `conditions nest at most ${MAX_CONDITION_DEPTH} levels; name a part of it and use the name`);
    const condition = this.readNode(token);
    this.depth -= 1;
    return condition;
  }

  private readNode(token: Token): Condition {
    if (this.takeSign('(')) {
      const inner = this.readAny();
      this.needSign(')');
      return inner;
    }
    if (this.takeWord('not')) {
      const condition = this.readOne();
      return this.mark({ op: 'not', condition }, token.from);
    }
    if (this.isCall('all') || this.isCall('any')) return this.readShortList(token);
    if (this.takeWord('named')) {
      this.expecting = { kind: 'name' };
      return this.mark({ op: 'named', name: this.readKey('the name of a condition') }, token.from);
    }
    return this.mark(this.readLeaf(), token.from);
  }

  private readShortList(token: Token): Condition {
    this.at += 2;
    const conditions: Condition[] = [];
    while (!this.takeSign(')')) {
      if (conditions.length > 0) this.needSign(',');
      conditions.push(this.readAny());
    }
    return this.mark({ op: token.value === 'all' ? 'all' : 'any', conditions }, token.from);
  }

  private readLeaf(): Condition {
    for (const op of ['answered', 'unanswered'] as const) {
      if (!this.isCall(op)) continue;
      this.at += 2;
      this.expecting = { kind: 'operand' };
      const of = this.readOperand();
      this.expecting = { kind: 'joiner' };
      this.needSign(')');
      return { op, of };
    }
    if (this.isCall('count')) return this.readCount();
    const of = this.readOperand();
    this.expecting = { kind: 'comparison', of };
    const token = this.next();
    if (token.kind !== 'end') this.expecting = { kind: 'value', of };
    const read = token.kind === 'word' || token.kind === 'sign' ? this.comparison(token.value, of) : undefined;
    return (
      read ??
      this.fail(
        token,
        `expected a comparison (is, in, includes, <, <=, =, >=, >, before, after, on, within) after "${this.textBefore()}", found "${token.value}"`,
      )
    );
  }

  private readCount(): Condition {
    this.at += 2;
    this.expecting = { kind: 'operand' };
    const of = this.readOperand();
    this.needSign(')');
    const sign = this.next();
    if (sign.value !== '>=' && sign.value !== '<=') this.fail(sign, 'count(...) is compared with >= or <=');
    const token = this.peek();
    const count = this.readNumber();
    if (!Number.isInteger(count) || count < 0) this.fail(token, 'a count is a whole number of at least 0');
    return { op: sign.value === '>=' ? 'countAtLeast' : 'countAtMost', of, count };
  }

  private comparison(word: string, of: Operand): Condition | undefined {
    switch (word) {
      case 'is':
        return { op: 'is', of, value: this.readScalar() };
      case '!=':
        return { op: 'not', condition: this.equals(of) };
      case '=':
        return this.equals(of);
      case '<':
        return { op: 'lessThan', of, value: this.readNumber() };
      case '<=':
        return { op: 'atMost', of, value: this.readNumber() };
      case '>=':
        return { op: 'atLeast', of, value: this.readNumber() };
      case '>':
        return { op: 'moreThan', of, value: this.readNumber() };
      case 'in':
        return this.readIn(of);
      case 'includes':
        return this.readIncludes(of);
      case 'before':
      case 'after':
        return { op: word, of, date: this.readDate() };
      case 'on':
        return this.readOn(of);
      case 'within':
        return this.readWithin(of);
      default:
        return undefined;
    }
  }

  /** `=` compares a number as a number, everything else as an option or text. */
  private equals(of: Operand): Condition {
    if (this.peek().kind === 'number') return { op: 'equals', of, value: this.readNumber() };
    return { op: 'is', of, value: this.readScalar() };
  }

  private readIn(of: Operand): Condition {
    this.expecting = { kind: 'listed', of };
    if (this.takeSign('(')) {
      this.expecting = { kind: 'value', of };
      return { op: 'isOneOf', of, values: this.readValues() };
    }
    this.needSign('[', 'expected (option, option) or [from..to] after "in"');
    const from = this.readNumber();
    this.needSign('..');
    const to = this.readNumber();
    this.needSign(']');
    return { op: 'between', of, from, to };
  }

  private readIncludes(of: Operand): Condition {
    const op = this.isCall('any') ? 'includesAny' : this.isCall('all') ? 'includesAll' : undefined;
    if (!op) return { op: 'includes', of, value: this.readScalar() };
    this.at += 2;
    return { op, of, values: this.readValues() };
  }

  private readValues(): Scalar[] {
    const values = [this.readScalar()];
    const listed = { ...this.expecting, kind: 'listed' as const };
    this.expecting = listed;
    while (this.takeSign(',')) {
      this.expecting = { ...listed, kind: 'value' };
      values.push(this.readScalar());
      this.expecting = listed;
    }
    this.needSign(')');
    return values;
  }

  private readOn(of: Operand): Condition {
    if (!this.takeWord('or')) return { op: 'onDate', of, date: this.readDate() };
    const word = this.next();
    if (word.value !== 'before' && word.value !== 'after') this.fail(word, 'expected "on or before" or "on or after"');
    return { op: word.value === 'before' ? 'onOrBefore' : 'onOrAfter', of, date: this.readDate() };
  }

  private readWithin(of: Operand): Condition {
    const token = this.peek();
    const days = this.readNumber();
    if (!Number.isInteger(days) || days < 0) this.fail(token, 'expected a whole number of days of at least 0');
    if (!this.takeWord('days')) this.fail(this.peek(), 'expected "days", as in: within 56 days after asAt');
    const side = this.next();
    if (side.value !== 'before' && side.value !== 'after') this.fail(side, 'expected "before asAt" or "after asAt"');
    if (!this.takeWord('asAt')) this.fail(this.peek(), 'expected "asAt", the date as at which advice is given');
    return { op: side.value === 'before' ? 'withinDaysBefore' : 'withinDaysAfter', of, days };
  }

  private readOperand(): Operand {
    if (this.isCall('case') || this.isCall('outcome')) {
      const word = this.next().value;
      this.at += 1;
      const key = this.readKey('a key');
      this.needSign(')');
      return word === 'case' ? { caseField: key } : { taskOutcome: key };
    }
    if (this.isCall('task')) {
      this.at += 2;
      const node = this.readKey('the key of a node');
      this.needSign(',');
      const field = this.readKey('the key of a field');
      this.needSign(')');
      return { taskField: { node, field } };
    }
    return { question: this.readKey('the key of a question') };
  }

  private readKey(what: string): string {
    const token = this.next();
    if (token.kind === 'key') return token.value;
    if (token.kind !== 'word' || reservedWords.has(token.value)) {
      const cure =
        token.kind === 'word' ? `; "${token.value}" is a word of the language, write \`${token.value}\` for a key` : '';
      this.fail(token, `expected ${what}, found ${describe(token)}${cure}`);
    }
    return token.value;
  }

  private readScalar(): Scalar {
    const token = this.next();
    if (token.kind === 'text' || token.kind === 'key') return token.value;
    if (token.kind === 'number') return Number(token.value);
    if (token.kind === 'date') return token.value;
    if (token.kind === 'word' && (token.value === 'true' || token.value === 'false')) return token.value === 'true';
    if (token.kind === 'word' && !reservedWords.has(token.value)) return token.value;
    return this.fail(token, `expected an option, a quoted text or a number, found ${describe(token)}`);
  }

  private readNumber(): number {
    this.expecting = { ...this.expecting, kind: 'number' };
    const token = this.next();
    if (token.kind !== 'number') this.fail(token, `expected a number, found ${describe(token)}`);
    return Number(token.value);
  }

  private readDate(): string {
    this.expecting = { ...this.expecting, kind: 'date' };
    const token = this.next();
    if (token.kind !== 'date') this.fail(token, `expected a date such as 2026-11-21, found ${describe(token)}`);
    if (toEpochDay(token.value) === undefined) this.fail(token, `${token.value} is no date of the calendar`);
    return token.value;
  }

  private mark<T extends Condition>(condition: T, from: number): T {
    this.ranges.set(condition, { from, to: this.tokens[this.at - 1]?.to ?? from });
    return condition;
  }

  private isCall(word: string): boolean {
    const token = this.peek();
    const after = this.tokens[this.at + 1];
    return token.kind === 'word' && token.value === word && after?.kind === 'sign' && after.value === '(';
  }

  private takeWord(word: string): boolean {
    return this.take('word', word);
  }

  private takeSign(sign: string): boolean {
    return this.take('sign', sign);
  }

  private take(kind: Token['kind'], value: string): boolean {
    const token = this.peek();
    if (token.kind !== kind || token.value !== value) return false;
    this.at += 1;
    return true;
  }

  private needSign(sign: string, message = `expected "${sign}", found ${describe(this.peek())}`): void {
    if (!this.takeSign(sign)) this.fail(this.peek(), message);
  }

  private peek(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? { kind: 'end', value: '', from: 0, to: 0 };
  }

  private next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  private textBefore(): string {
    return this.tokens[Math.max(0, this.at - 2)]?.value ?? '';
  }

  private fail(token: Token, message: string): never {
    throw new TextError({ from: token.from, to: Math.max(token.to, token.from + 1), message });
  }
}

function describe(token: Token): string {
  return token.kind === 'end' ? 'the end of the text' : `"${token.value}"`;
}
