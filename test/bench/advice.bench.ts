// Figures of issue 4; run with `npx tsx test/bench/advice.bench.ts`. Peers are left out where they are not installed.
import { AdviceIndex } from '../../runtime/engine/advise/advice-index.ts';
import { selectAdvice } from '../../runtime/engine/advise/select.ts';
import { analyseStatements } from '../../runtime/engine/analyse/analyse.ts';
import { syntheticAnswers, syntheticBank } from '../support/synthetic-bank.ts';

const asAt = '2026-11-21';

function median(runs: number, work: (run: number) => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    work(run);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
}

function report(name: string, milliseconds: number, target: number): void {
  const text = (value: number) => (value < 1 ? `${(value * 1000).toFixed(1)} us` : `${value.toFixed(1)} ms`);
  console.log(
    `${milliseconds <= target ? 'met   ' : 'MISSED'} ${name}: ${text(milliseconds)} (at most ${text(target)})`,
  );
}

for (const [size, target] of [
  [1_000, 0.02],
  [10_000, 0.25],
] as const) {
  const book = syntheticBank(size);
  report(
    `compile ${size} conditions`,
    median(5, () => new AdviceIndex(book)),
    size / 20,
  );
  const index = new AdviceIndex(book);
  const responses = Array.from({ length: 200 }, (_, i) => syntheticAnswers(book, i + 1));
  for (const answers of responses.slice(0, 50)) {
    if (index.select(answers, asAt).join() !== selectAdvice(book, answers, asAt).join())
      throw new Error('the index differs from plain evaluation');
  }
  const pick = (run: number) => responses[run % responses.length] ?? {};
  median(2000, (run) => index.select(pick(run), asAt));
  report(
    `full pack of ${size}`,
    median(2000, (run) => index.select(pick(run), asAt)),
    target,
  );
  if (size > 1_000) continue;
  index.select(pick(0), asAt);
  report(
    'one answer changed at 1000',
    median(4000, (run) => index.change(`q${run % 60}`, pick(run)[`q${run % 60}`])),
    0.005,
  );
  report(
    `plain evaluation of ${size}, for comparison`,
    median(50, (run) => selectAdvice(book, pick(run), asAt)),
    20,
  );
  const input = {
    questions: book.questions,
    named: {},
    asAtDay: 20_000,
    statements: book.entries.map((entry) => ({
      key: entry.key,
      conditions: entry.reasons.map((reason) => reason.when),
      specific: false,
    })),
  };
  report(
    'all pairs of 1000',
    median(3, () => analyseStatements(input)),
    600,
  );
  const withGaps = { ...input, statements: input.statements.map((one) => ({ ...one, specific: true })) };
  const start = performance.now();
  const gap = analyseStatements(withGaps);
  console.log(
    `with gap search: ${(performance.now() - start).toFixed(0)} ms, decided ${gap.decided}, gaps ${gap.gaps.length}`,
  );
}
