import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { useWorker, type Worked } from '../ui/use-worker.ts';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-worker.ts';

const makeWorker = () => new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });

/** What all possible answers come to in a workflow; while an edit is worked out, what was known before stays. */
export function useAnalysis(
  { workflow: workflows, form, question, advice }: Configuration,
  workflow: string | undefined,
  asAt: string,
): Worked<AnalysisAnswer> {
  const own = workflow === undefined ? undefined : workflows[workflow];
  const request = useMemo(
    (): Omit<AnalysisRequest, 'id'> | undefined =>
      own && { workflow: own.key, asAt, parts: { workflow: { [own.key]: own }, form, question, advice } },
    [own, asAt, form, question, advice],
  );
  const worked = useWorker<Omit<AnalysisRequest, 'id'>, AnalysisAnswer>(makeWorker, request);
  return worked.answer?.workflow === workflow ? worked : { ...worked, answer: undefined };
}
