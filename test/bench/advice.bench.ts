// Figures of issue 4; run with `npx tsx test/bench/advice.bench.ts`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdviceBook } from '../../runtime/engine/advise/advice-book.ts';
import { AdviceIndex } from '../../runtime/engine/advise/advice-index.ts';
import { selectAdvice } from '../../runtime/engine/advise/select.ts';
import { analyseStatements } from '../../runtime/engine/analyse/analyse.ts';
import { AnswerSpace } from '../../runtime/engine/analyse/answer-space.ts';
import { findGap } from '../../runtime/engine/analyse/gap.ts';
import { analyseWorkflow } from '../../runtime/engine/analyse/workflow-analysis.ts';
import { conditionNodes } from '../../runtime/engine/condition/shape.ts';
import { importBankDocuments } from '../../runtime/engine/import/bank.ts';
import type { Answers, Condition } from '../../schemas/condition.ts';
import { loadConfiguration } from '../../schemas/load-configuration.ts';
import { syntheticAnswers, syntheticBank } from '../support/synthetic-bank.ts';
import { loadPeers, type Peer } from './advice-peers.ts';

const asAt = '2026-11-21';
const asAtDay = 20_778;

/** Milliseconds in the middle of many runs. */
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

async function medianOf(runs: number, work: (run: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work(run);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
}

/** Milliseconds of processor time in the middle of many runs: what a busy machine would have needed alone. */
function medianWorked(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  times.sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
}

function reportWork(name: string, runs: number, work: () => unknown, target: number): void {
  report(name, median(runs, work), target);
  console.log(`       processor time: ${inWords(medianWorked(runs, work))}`);
}

function inWords(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(1)} us` : `${milliseconds.toFixed(1)} ms`;
}

function report(name: string, milliseconds: number, target: number): void {
  const verdict = milliseconds <= target ? 'met   ' : 'MISSED';
  console.log(`${verdict} ${name}: ${inWords(milliseconds)} (at most ${inWords(target)})`);
}

/** Every engine must give the same pack for every response before anything is timed. */
async function demandAgreement(book: AdviceBook, peers: readonly Peer[], responses: readonly Answers[]): Promise<void> {
  const index = new AdviceIndex(book);
  for (const answers of responses) {
    const wanted = selectAdvice(book, answers, asAt).join();
    if (index.select(answers, asAt).join() !== wanted) throw new Error('the index differs from plain evaluation');
    for (const peer of peers)
      if ((await peer.select(answers)).join() !== wanted) throw new Error(`${peer.name} differs from plain evaluation`);
  }
  const engines = ['plain evaluation', 'the index', ...peers.map((peer) => peer.name)];
  console.log(`${responses.length} responses, ${book.entries.length} statements: ${engines.join(', ')} agree on all`);
}

async function timePacks(size: number, target: number, withPeers: boolean): Promise<void> {
  const book = syntheticBank(size);
  const responses = Array.from({ length: 200 }, (_, i) => syntheticAnswers(book, i + 1));
  const pick = (run: number) => responses[run % responses.length] ?? {};
  const peers = withPeers ? loadPeers(book) : [];
  await demandAgreement(book, peers, withPeers ? responses : responses.slice(0, 20));
  if (size === 1_000)
    report(
      'compile 1000 conditions',
      median(11, () => new AdviceIndex(book)),
      50,
    );
  const index = new AdviceIndex(book);
  median(5_000, (run) => index.select(pick(run), asAt));
  const own = median(5_000, (run) => index.select(pick(run), asAt));
  report(`full pack of ${size}`, own, target);
  const plain = median(100, (run) => selectAdvice(book, pick(run), asAt));
  console.log(`       plain evaluation: ${inWords(plain)}, ${(plain / own).toFixed(0)} times the index`);
  for (const peer of peers) {
    const runs = peer.name === 'json-rules-engine' ? 30 : 400;
    await medianOf(runs, (run) => peer.select(pick(run)));
    const time = await medianOf(runs, (run) => peer.select(pick(run)));
    console.log(`       ${peer.name}: ${inWords(time)}, ${(time / own).toFixed(0)} times the index`);
  }
  if (size > 1_000) return;
  index.select(pick(0), asAt);
  const change = (run: number) => index.change(`q${run % 60}`, pick(run)[`q${run % 60}`]);
  median(5_000, change);
  report('one answer changed at 1000', median(5_000, change), 0.005);
}

function timeAnalysis(): void {
  const book = syntheticBank(1_000);
  const statements = book.entries.map(({ key, reasons }) => ({
    key,
    conditions: reasons.map((reason) => reason.when),
    specific: false,
  }));
  const input = { questions: book.questions, named: {}, asAtDay, statements };
  reportWork('all pairs of 1000', 7, () => analyseStatements(input), 600);
  // Statements of one clause leave no gap at once; those of four and more make the search work.
  timeGap('gap search at 1000', book.questions, conditionsOf(book));
  const hard = conditionsOf(syntheticBank(6_000)).filter((when) => clausesOf(when) >= 4);
  timeGap('gap search at 1000, four clauses and more', book.questions, hard.slice(0, 1_000));
}

function conditionsOf(book: AdviceBook): Condition[] {
  return book.entries.flatMap((entry) => entry.reasons.flatMap((reason) => reason.when ?? []));
}

function clausesOf(when: Condition): number {
  return conditionNodes(when).filter((node) => 'of' in node).length;
}

function timeGap(name: string, questions: AdviceBook['questions'], conditions: readonly Condition[]): void {
  const space = new AnswerSpace(questions, {}, conditions, asAtDay);
  const formulas = conditions.map((condition) => space.whenTrue(condition));
  const found = findGap(space, formulas);
  const outcome = found === undefined ? 'proved that there is none' : found === 'undecided' ? found : 'with an example';
  reportWork(`${name} (${outcome})`, 15, () => findGap(space, formulas), 50);
}

function timeRealBank(): void {
  const folder = '../shared/cases/external/advice/gds-benefits';
  if (!existsSync(folder)) {
    console.log(`skipped: ${folder} is not here`);
    return;
  }
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const documents = importBankDocuments({
    questions: read('questions.json'),
    conditions: read('conditions.json'),
    statements: read('statements.json'),
  });
  const { configuration } = loadConfiguration(
    documents.map((one) => ({ path: `${one.kind}/${one.key}.json`, text: JSON.stringify(one) })),
  );
  reportWork('exact analysis of gds-benefits', 15, () => analyseWorkflow(configuration, 'bank', asAtDay), 150);
}

await timePacks(1_000, 0.02, true);
await timePacks(10_000, 0.25, false);
timeAnalysis();
timeRealBank();
