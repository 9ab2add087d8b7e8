// An advice bank understood a second time, by trying everything: nothing of the product is used here.
import { chance } from '../../support/synthetic-bank.ts';

export type Value = string | number | string[];
export type Response = Record<string, Value>;

export interface Node {
  op: string;
  q?: string;
  v?: string | number;
  vs?: (string | number)[];
  c?: Node;
  cs?: Node[];
}

export interface ReferenceQuestion {
  id: string;
  kind: 'choice' | 'multi' | 'number';
  options?: string[];
  minSelected?: number;
  maxSelected?: number;
  min?: number;
  max?: number;
  whole?: boolean;
  showIf?: Node;
}

export interface ReferenceBank {
  questions: ReferenceQuestion[];
  conditions: Record<string, Node>;
  statements: { name: string; title: string; condition?: string | null }[];
}

type Kleene = true | false | null;

/** Truth of a neutral condition; null is unknown. */
export function truthOf(node: Node, response: Response): Kleene {
  if (node.op === 'and' || node.op === 'or') {
    const parts = (node.cs ?? []).map((part) => truthOf(part, response));
    const decisive = node.op === 'or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(null) ? null : !decisive;
  }
  if (node.op === 'not') {
    const part = truthOf(node.c as Node, response);
    return part === null ? null : !part;
  }
  const value = Object.hasOwn(response, node.q ?? '') ? response[node.q ?? ''] : undefined;
  if (node.op === 'answered') return value !== undefined;
  if (node.op === 'unanswered') return value === undefined;
  return value === undefined ? null : compare(node, value);
}

function compare(node: Node, value: Value): boolean {
  const list = Array.isArray(value) ? value : [];
  const number = Number(value);
  const against = Number(node.v);
  const outcomes: Record<string, () => boolean> = {
    eq: () => value === node.v,
    ne: () => value !== node.v,
    in: () => (node.vs ?? []).some((one) => one === value),
    has: () => list.includes(String(node.v)),
    hasAny: () => (node.vs ?? []).some((one) => list.includes(String(one))),
    hasAll: () => (node.vs ?? []).every((one) => list.includes(String(one))),
    lt: () => number < against,
    le: () => number <= against,
    ge: () => number >= against,
    gt: () => number > against,
  };
  return outcomes[node.op]?.() ?? false;
}

/** What counts of a response: questions in order, each only while its rule is true. */
export function counting(bank: ReferenceBank, response: Response): Response {
  const kept: Response = {};
  for (const question of bank.questions) {
    const value = response[question.id];
    if (value === undefined) continue;
    if (!question.showIf || truthOf(question.showIf, kept) === true) kept[question.id] = value;
  }
  return kept;
}

export function firing(bank: ReferenceBank, response: Response): string[] {
  const kept = counting(bank, response);
  return bank.statements
    .filter((one) => !one.condition || truthOf(bank.conditions[one.condition] as Node, kept) === true)
    .map((one) => one.name);
}

/** Every complete response: each question that is shown has an answer, the others have none. */
export function allResponses(bank: ReferenceBank): Response[] {
  let partial: Response[] = [{}];
  for (const question of bank.questions) {
    partial = partial.flatMap((response) => {
      if (question.showIf && truthOf(question.showIf, response) !== true) return [response];
      return answersTo(question).map((value) => ({ ...response, [question.id]: value }));
    });
  }
  return partial;
}

export function answersTo(question: ReferenceQuestion): Value[] {
  const options = question.options ?? [];
  if (question.kind === 'choice') return options;
  if (question.kind === 'number') {
    const [min, max] = [question.min ?? 0, question.max ?? 0];
    return Array.from({ length: max - min + 1 }, (_, i) => min + i);
  }
  const selections = Array.from({ length: 2 ** options.length }, (_, bits) =>
    options.filter((_, i) => (bits >> i) & 1),
  );
  return selections.filter(
    (one) => one.length >= (question.minSelected ?? 0) && one.length <= (question.maxSelected ?? options.length),
  );
}

/** The facts of A6 by trying every response. */
export function bruteForce(bank: ReferenceBank) {
  const responses = allResponses(bank);
  const fired = responses.map((response) => new Set(firing(bank, response)));
  const names = bank.statements.map((one) => one.name);
  const rows = new Map(names.map((name) => [name, fired.map((one) => one.has(name))]));
  const count = (name: string) => rows.get(name)?.filter(Boolean).length ?? 0;
  const within = (a: string, b: string) => rows.get(a)?.every((holds, i) => !holds || rows.get(b)?.[i]) ?? false;
  const apart = (a: string, b: string) => rows.get(a)?.every((holds, i) => !holds || !rows.get(b)?.[i]) ?? false;
  const able = names.filter((name) => count(name) > 0);
  const pairs = able.flatMap((a, i) => able.slice(i + 1).map((b): [string, string] => [a, b]));
  const ordered = able.flatMap((a) => able.filter((b) => b !== a).map((b): [string, string] => [a, b]));
  const specific = names.filter((name) => count(name) < responses.length);
  return {
    total: responses.length,
    statements: Object.fromEntries(
      names.map((name) => [
        name,
        { unreachable: count(name) === 0, alwaysFires: count(name) === responses.length, fireCount: count(name) },
      ]),
    ),
    duplicates: pairs.filter(([a, b]) => within(a, b) && within(b, a)),
    subsumptions: ordered.filter(([a, b]) => within(a, b) && !within(b, a)),
    exclusive: pairs.filter(([a, b]) => apart(a, b)),
    hasGap: specific.length > 0 && fired.some((one) => specific.every((name) => !one.has(name))),
    /** Whether an answer set is one of the complete responses and brings nothing specific. */
    isGap: (response: Response) => {
      const at = responses.findIndex((one) => sameResponse(one, response));
      return at >= 0 && specific.every((name) => !fired[at]?.has(name));
    },
  };
}

function sameResponse(a: Response, b: Response): boolean {
  const text = (response: Response) =>
    Object.entries(response)
      .map(([key, value]) => `${key}=${Array.isArray(value) ? [...value].sort().join('+') : value}`)
      .sort()
      .join(' ');
  return text(a) === text(b);
}

/** A small random bank: branching form, number ranges, selections with bounds, nested conditions. */
export function randomBank(seed: number): ReferenceBank {
  const random = chance(seed);
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T;
  const some = <T>(items: readonly T[]): T[] => {
    const chosen = items.filter(() => random() < 0.5);
    return chosen.length > 0 ? chosen : [pick(items)];
  };
  const leaf = (questions: readonly ReferenceQuestion[]): Node => {
    const question = pick(questions);
    const q = question.id;
    if (random() < 0.15) return { op: random() < 0.5 ? 'answered' : 'unanswered', q };
    if (random() < 0.03) return { op: 'eq', q: 'never_asked', v: 'x' };
    if (question.kind === 'number') {
      const op = pick(['lt', 'le', 'ge', 'gt', 'eq', 'ne', 'in']);
      if (op === 'in') return { op, q, vs: [int(-1, 5), int(0, 4)] };
      return { op, q, v: pick([int(-1, 5), int(0, 4) + 0.5]) };
    }
    const options = question.options ?? [];
    if (question.kind === 'choice') {
      const op = pick(['eq', 'eq', 'ne', 'in']);
      return op === 'in' ? { op, q, vs: some(options) } : { op, q, v: random() < 0.05 ? 'gone' : pick(options) };
    }
    const op = pick(['has', 'hasAny', 'hasAll']);
    return op === 'has' ? { op, q, v: pick(options) } : { op, q, vs: some(options) };
  };
  const node = (questions: readonly ReferenceQuestion[], depth: number): Node => {
    const shape = random();
    if (depth === 0 || shape < 0.35) return leaf(questions);
    if (shape < 0.5) return { op: 'not', c: node(questions, depth - 1) };
    const cs = Array.from({ length: int(1, 3) }, () => node(questions, depth - 1));
    return { op: shape < 0.8 ? 'and' : 'or', cs };
  };
  const questions: ReferenceQuestion[] = [];
  for (let i = 0; i < int(3, 5); i += 1) {
    const id = `q${i}`;
    const kind = pick(['choice', 'choice', 'multi', 'number'] as const);
    const options = Array.from({ length: int(2, 3) }, (_, n) => `o${n}`);
    const own: ReferenceQuestion = { id, kind };
    if (kind !== 'number') own.options = options;
    else Object.assign(own, { min: int(0, 1), max: int(2, 4), whole: true });
    if (kind === 'multi' && random() < 0.5) own.minSelected = 1;
    if (kind === 'multi' && random() < 0.3) own.maxSelected = 2;
    if (i > 0 && random() < 0.5) own.showIf = node(questions, 2);
    questions.push(own);
  }
  const conditions: Record<string, Node> = {};
  const statements = Array.from({ length: int(2, 7) }, (_, i) => {
    const name = `s ${i}`;
    if (random() < 0.08) return { name, title: name, condition: null };
    const known = Object.keys(conditions);
    // Now and then two statements share a condition.
    const condition = known.length > 0 && random() < 0.1 ? pick(known) : `c${i}?`;
    conditions[condition] ??= node(questions, 3);
    return { name, title: name, condition };
  });
  return { questions, conditions, statements };
}
