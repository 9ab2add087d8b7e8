import { useEffect, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-worker.ts';

/** Pauses in typing are longer than this. */
const REST_MS = 350;

let worker: Worker | undefined;
let last = 0;

/** What all possible answers come to in a workflow; while an edit is worked out, what was known before stays. */
export function useAnalysis(
  configuration: Configuration,
  workflow: string | undefined,
  asAt: string,
): AnalysisAnswer | undefined {
  const [answer, setAnswer] = useState<AnalysisAnswer>();
  const { workflow: workflows, form, question, advice } = configuration;
  useEffect(() => {
    if (workflow === undefined) return;
    worker ??= new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });
    const { [workflow]: own } = workflows;
    if (!own) return;
    const here = worker;
    let wanted = 0;
    const onMessage = ({ data }: MessageEvent<AnalysisAnswer>) => data.id === wanted && setAnswer(data);
    here.addEventListener('message', onMessage);
    const timer = setTimeout(() => {
      wanted = ++last;
      const request: AnalysisRequest = {
        id: wanted,
        workflow,
        asAt,
        parts: { workflow: { [workflow]: own }, form, question, advice },
      };
      here.postMessage(request);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      here.removeEventListener('message', onMessage);
    };
  }, [workflow, asAt, workflows, form, question, advice]);
  return answer?.workflow === workflow ? answer : undefined;
}
