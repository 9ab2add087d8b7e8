import type { AdviceBook, AdviceEntry } from '../../runtime/engine/advise/advice-book.ts';
import type { Question } from '../../runtime/engine/condition/question.ts';
import type { Answers, Condition } from '../../schemas/condition.ts';

/** Repeatable chance: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The generator of issue 4: 60 questions and statements of 1 to 6 clauses over Zipf-weighted questions. */
export function syntheticBank(statements: number, seed = 1): AdviceBook {
  const random = chance(seed);
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const questions = syntheticQuestions(random);
  const weights = questions.map((_, rank) => 1 / (rank + 1) ** 0.6);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pick = (): Question => {
    let at = random() * total;
    const found = questions.find((_, i) => {
      at -= weights[i] ?? 0;
      return at < 0;
    });
    return found ?? (questions[0] as Question);
  };
  const sample = (options: readonly string[], count: number) =>
    [...options].sort(() => random() - 0.5).slice(0, Math.min(count, options.length));
  const clause = (): Condition => {
    const question = pick();
    const of = { question: question.key };
    if (question.type === 'yes-no') return { op: 'is', of, value: random() < 0.6 ? 'yes' : 'no' };
    if (question.type === 'choice') {
      if (random() < 0.5) return { op: 'is', of, value: question.options[int(0, question.options.length - 1)] ?? '' };
      return { op: 'isOneOf', of, values: sample(question.options, int(2, 4)) };
    }
    if (question.type === 'number') {
      const value = int(0, 40) * 25;
      const kind = int(0, 2);
      if (kind < 2) return { op: kind === 0 ? 'atLeast' : 'atMost', of, value };
      const other = int(0, 40) * 25;
      return { op: 'between', of, from: Math.min(value, other), to: Math.max(value, other) };
    }
    if (random() < 0.5)
      return { op: 'includes', of, value: question.options[int(0, question.options.length - 1)] ?? '' };
    return { op: 'includesAny', of, values: sample(question.options, int(2, 3)) };
  };
  const clauses = (count: number) => Array.from({ length: count }, clause);
  const condition = (): Condition => {
    const size = int(1, 6);
    const shape = random();
    if (shape < 0.55) return { op: 'all', conditions: clauses(size) };
    if (shape < 0.75)
      return { op: 'all', conditions: [...clauses(Math.max(1, size - 2)), { op: 'any', conditions: clauses(2) }] };
    if (shape < 0.85) {
      const half = Math.max(1, Math.floor(size / 2));
      return {
        op: 'any',
        conditions: [
          { op: 'all', conditions: clauses(half) },
          { op: 'all', conditions: clauses(Math.max(1, size - half)) },
        ],
      };
    }
    return { op: 'all', conditions: [...clauses(Math.max(1, size - 1)), { op: 'not', condition: clause() }] };
  };
  const entries = Array.from({ length: statements }, (_, i) => entryOf(`s${i}`, i, condition()));
  return { workflow: 'synthetic', named: {}, questions: new Map(questions.map((one) => [one.key, one])), entries };
}

/** Uniform answers to every question. */
export function syntheticAnswers(book: AdviceBook, seed: number): Answers {
  const random = chance(seed);
  const answers: Answers = {};
  for (const question of book.questions.values()) {
    if (question.type === 'number') answers[question.key] = Math.floor(random() * 1001);
    else if (question.type === 'multi-choice') answers[question.key] = question.options.filter(() => random() < 0.5);
    else answers[question.key] = question.options[Math.floor(random() * question.options.length)] ?? '';
  }
  return answers;
}

function syntheticQuestions(random: () => number): Question[] {
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const types = [
    ...Array<'yes-no'>(14).fill('yes-no'),
    ...Array<'choice'>(20).fill('choice'),
    ...Array<'number'>(14).fill('number'),
    ...Array<'multi-choice'>(12).fill('multi-choice'),
  ];
  const shuffled = types.map((type) => ({ type, at: random() })).sort((a, b) => a.at - b.at);
  return shuffled.map(({ type }, i) => {
    const count = type === 'choice' ? int(4, 9) : type === 'multi-choice' ? int(5, 12) : 0;
    const options = type === 'yes-no' ? ['yes', 'no'] : Array.from({ length: count }, (_, n) => `o${n}`);
    return {
      key: `q${i}`,
      type,
      label: `q${i}`,
      options,
      optionLabels: {},
      exclusiveOptions: [],
      validation: type === 'number' ? { min: 0, max: 1000, whole: true } : {},
      required: true,
    };
  });
}

function entryOf(key: string, order: number, when: Condition): AdviceEntry {
  return {
    key,
    statement: { kind: 'advice', format: 1, key, title: key, body: '', scope: ['synthetic'], section: 'all', order },
    reasons: [{ document: 'workflow/synthetic', pointer: `/adviceRules/${key}/when`, when }],
  };
}
