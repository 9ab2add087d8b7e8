import { useSyncExternalStore } from 'react';
import type { Answers } from '../../schemas/condition.ts';
import { todayOn } from '../words/date-words.ts';

/** The household people try rules on: answers by workflow, and the date the advice is as at. Kept while the page is open. */
export interface Sample {
  answers: Readonly<Record<string, Answers>>;
  asAt: string;
}

let sample: Sample = { answers: {}, asAt: todayOn() };
const listeners = new Set<() => void>();

/** Answers tried on a workflow: whoever shows rules shows what they come to with these. */
export function useSample(): Sample {
  return useSyncExternalStore(subscribe, getSample);
}

export function setSampleAnswers(workflow: string, answers: Answers): void {
  show({ ...sample, answers: { ...sample.answers, [workflow]: answers } });
}

export function setSampleDate(asAt: string): void {
  show({ ...sample, asAt });
}

function getSample(): Sample {
  return sample;
}

function show(next: Sample): void {
  sample = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
