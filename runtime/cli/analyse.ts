import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { LocalDate } from '../../schemas/ids.ts';
import { analyseWorkflow, checkDocuments, toEpochDay, type WorkflowAnalysis } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

type Pair = [string, string];

interface Printed {
  statements: Record<string, { unreachable?: boolean; alwaysFires?: boolean; fireCount?: number; inEffect?: false }>;
  duplicates: Pair[];
  subsumptions: Pair[];
  exclusive: Pair[];
  gaps: { workflow: string; answers: Answers }[];
  findings: unknown[];
  reachableResponses?: number;
  decided: boolean;
}

/**
 * `lintel analyse DIR [--workflow KEY] [--as-at DATE]`: what is true of the advice over all possible answers (A6). Without
 * a workflow every workflow is analysed and only what holds in all of them is printed. Exit 1 when a finding is an error.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--workflow', '--as-at'], ['--json']);
  const [folder] = words;
  if (folder === undefined) throw new UsageError('usage: lintel analyse DIR [--workflow KEY] [--as-at DATE] [--json]');
  const asAt = options.get('--as-at') ?? new Date().toISOString().slice(0, 10);
  if (!LocalDate.safeParse(asAt).success)
    throw new UsageError(`--as-at takes a date written YYYY-MM-DD, not "${asAt}"`);
  const { configuration } = loadSoundConfiguration(folder);
  const chosen = options.get('--workflow');
  if (chosen !== undefined && !Object.hasOwn(configuration.workflow, chosen)) {
    throw new UsageError(
      `there is no workflow "${chosen}"; the configuration has ${Object.keys(configuration.workflow).join(', ')}`,
    );
  }
  const keys = chosen === undefined ? Object.keys(configuration.workflow).sort() : [chosen];
  const results = keys.map((key) => analyseWorkflow(configuration, key, toEpochDay(asAt) ?? 0));
  const printed = merge(results);
  if (chosen === undefined) printed.findings.push(...orphansOf(configuration, asAt));
  if (flags.has('--json')) io.print(JSON.stringify(printed));
  else
    for (const finding of results.flatMap((result) => result.findings))
      io.print(`${finding.severity} ${finding.code} ${finding.message}`);
  return results.some((result) => result.findings.some((finding) => finding.severity === 'error')) ? 1 : 0;
}

/** Statements that no workflow advises, as the checks find them. */
function orphansOf(configuration: Configuration, from: string): Finding[] {
  return checkDocuments(configuration, { from }, ['advice']).filter(({ code }) => code === 'ADVICE_ORPHAN');
}

function merge(results: readonly WorkflowAnalysis[]): Printed {
  const printed: Printed = {
    statements: {},
    duplicates: inAll(results, (result) => result.analysis.duplicates),
    subsumptions: inAll(results, (result) => result.analysis.subsumptions),
    exclusive: inAll(results, (result) => result.analysis.exclusive),
    gaps: results.flatMap((result) => result.analysis.gaps.map((answers) => ({ workflow: result.workflow, answers }))),
    findings: results.flatMap((result) => result.findings),
    decided: results.every((result) => result.analysis.decided),
  };
  for (const { analysis } of results)
    for (const key of analysis.statements.keys()) printed.statements[key] ??= factsOf(key, results);
  const [only] = results;
  if (only?.analysis.reachableResponses !== undefined && results.length === 1)
    printed.reachableResponses = only.analysis.reachableResponses;
  return printed;
}

/** What holds of a statement in every workflow that may advise it; the count adds up the responses of all forms. */
function factsOf(key: string, results: readonly WorkflowAnalysis[]): Printed['statements'][string] {
  const advising = results.filter((result) => result.analysis.statements.has(key));
  const all = advising.flatMap((result) => result.analysis.statements.get(key) ?? []);
  const counts = all.map((facts) => facts.fireCount);
  const count = counts.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
  return {
    ...(all.every((facts) => facts.unreachable !== undefined)
      ? { unreachable: all.every((facts) => facts.unreachable === true) }
      : {}),
    ...(all.every((facts) => facts.alwaysFires !== undefined)
      ? { alwaysFires: all.every((facts) => facts.alwaysFires === true) }
      : {}),
    ...(count === undefined ? {} : { fireCount: count }),
    // Out of effect on the date: judged by its conditions alone, in no pair and no gap.
    ...(advising.every((result) => result.notInEffect.includes(key)) ? { inEffect: false } : {}),
  };
}

/** Pairs that hold in every workflow where both statements can fire, and in at least one. */
function inAll(results: readonly WorkflowAnalysis[], pairsOf: (result: WorkflowAnalysis) => readonly Pair[]): Pair[] {
  const held = results.map((result) => new Set(pairsOf(result).map((pair) => pair.join(' '))));
  const found = new Map<string, Pair>();
  for (const result of results) for (const pair of pairsOf(result)) found.set(pair.join(' '), pair);
  return [...found]
    .filter(([name, pair]) => results.every((result, i) => held[i]?.has(name) || !bothFire(result, pair)))
    .map(([, pair]) => pair);
}

function bothFire(result: WorkflowAnalysis, pair: Pair): boolean {
  return pair.every((key) => result.analysis.statements.get(key)?.unreachable === false);
}
