// Analyses advice over all possible answers beside the page, so that no proof holds up typing (A6).
import '../app/jitless.ts';
import { analyseWorkflow, toEpochDay } from '../../runtime/engine/index.ts';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';

/** What advice hangs on; the other kinds of documents stay on the page. */
export interface AnalysisRequest {
  id: number;
  workflow: string;
  asAt: string;
  parts: Pick<Configuration, 'workflow' | 'form' | 'question' | 'advice'>;
}

/** What is known of a statement in one workflow, over all the answers its form allows. */
export interface StatementAnalysis {
  unreachable?: boolean;
  alwaysFires?: boolean;
  /** Complete responses that get it, and all there are; only where that is finite. */
  fireCount?: number;
  /** Answers for which it fires. */
  example?: Answers;
  sameAs: string[];
  /** Statements it never comes without. */
  impliedBy: string[];
  implies: string[];
  neverWith: number;
}

export interface AnalysisAnswer {
  id: number;
  workflow: string;
  decided: boolean;
  reachableResponses?: number;
  statements: Record<string, StatementAnalysis>;
  gaps: Answers[];
}

self.addEventListener('message', ({ data }: MessageEvent<AnalysisRequest>) => {
  const configuration = { ...emptyConfiguration(), ...data.parts } as Configuration;
  const day = toEpochDay(data.asAt);
  if (day === undefined || !configuration.workflow[data.workflow]) {
    // Every request has an answer: the page asks no more until it comes.
    self.postMessage({ id: data.id, workflow: data.workflow, decided: false, statements: {}, gaps: [] });
    return;
  }
  const { analysis } = analyseWorkflow(configuration, data.workflow, day);
  const pairs = (of: readonly (readonly [string, string])[], key: string) =>
    of.flatMap(([a, b]) => (a === key ? [b] : b === key ? [a] : []));
  const statements = [...analysis.statements].map(([key, facts]): [string, StatementAnalysis] => [
    key,
    {
      ...facts,
      sameAs: pairs(analysis.duplicates, key),
      implies: analysis.subsumptions.flatMap(([a, b]) => (a === key ? [b] : [])),
      impliedBy: analysis.subsumptions.flatMap(([a, b]) => (b === key ? [a] : [])),
      neverWith: pairs(analysis.exclusive, key).length,
    },
  ]);
  const answer: AnalysisAnswer = {
    id: data.id,
    workflow: data.workflow,
    decided: analysis.decided,
    statements: Object.fromEntries(statements),
    gaps: analysis.gaps,
    ...(analysis.reachableResponses === undefined ? {} : { reachableResponses: analysis.reachableResponses }),
  };
  self.postMessage(answer);
});
