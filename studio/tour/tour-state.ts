import { useSyncExternalStore } from 'react';

/** Where a person is in the tour: never asked, on a step, or done with it. */
export type TourState = { at: 'new' } | { at: 'step'; step: number } | { at: 'left' };

const prefix = 'lintel.tour.';
const states = new Map<string, TourState>();
const listeners = new Set<() => void>();

/** The tour of one person on this computer; it is taken up where it was left by a reload. */
export function useTour(person: string): readonly [TourState, (state: TourState) => void] {
  const state = useSyncExternalStore(subscribe, () => read(person));
  return [state, (next) => write(person, next)];
}

function read(person: string): TourState {
  const known = states.get(person);
  if (known) return known;
  const state = parse(stored(person));
  states.set(person, state);
  return state;
}

function parse(text: string | null): TourState {
  if (text === null) return { at: 'new' };
  const step = Number(text);
  return text !== 'left' && Number.isInteger(step) ? { at: 'step', step } : { at: 'left' };
}

function write(person: string, state: TourState): void {
  states.set(person, state);
  try {
    localStorage.setItem(prefix + person, state.at === 'step' ? String(state.step) : 'left');
  } catch {
    // It is offered again next time.
  }
  for (const listener of listeners) listener();
}

function stored(person: string): string | null {
  try {
    return localStorage.getItem(prefix + person);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
