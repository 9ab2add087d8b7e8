import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useWorker } from '../../../studio/ui/use-worker.ts';

let root: Root | undefined;
let asked: string[] = [];
/** The worker dies over these; over anything else it answers with the same word. */
let deadly: string[] = [];
/** Workers made and not ended. */
let alive = 0;

/** Stands for the browser's: hears a question, and answers or breaks down a moment later. */
class Worker extends EventTarget {
  #isDead = false;
  constructor() {
    super();
    alive++;
  }
  postMessage({ id, word }: { id: number; word: string }): void {
    asked.push(word);
    setTimeout(() => {
      // One that broke down is never heard of again.
      if (this.#isDead) return;
      this.#isDead = deadly.includes(word);
      this.dispatchEvent(this.#isDead ? new Event('error') : new MessageEvent('message', { data: { id, word } }));
    }, 20);
  }
  terminate(): void {
    this.#isDead = true;
    alive--;
  }
}

const make = () => new Worker() as unknown as globalThis.Worker;
const requests = new Map<string, { word: string }>();
const requestFor = (word: string) => requests.get(word) ?? requests.set(word, { word }).get(word);

function Asker({ word }: { word: string }) {
  const { answer, hasFailed, again } = useWorker<{ word: string }, { id: number; word: string }>(
    make,
    requestFor(word),
  );
  return (
    <button type="button" onClick={again}>
      {hasFailed ? 'failed' : (answer?.word ?? 'running')}
    </button>
  );
}

const show = (word: string) => {
  root ??= createRoot(document.body.appendChild(document.createElement('div')));
  root.render(<Asker word={word} />);
};
const shown = () => document.querySelector('button')?.textContent;

afterEach(() => {
  root?.unmount();
  root = undefined;
  document.body.replaceChildren();
  expect(alive).toBe(0);
  [asked, deadly] = [[], []];
});

describe('work beside the page', () => {
  it('that breaks down says so, and can be tried again', async () => {
    deadly = ['one'];
    show('one');
    await expect.poll(shown).toBe('failed');
    deadly = [];
    await userEvent.click(document.querySelector('button') as HTMLElement);
    await expect.poll(shown).toBe('one');
    expect(asked).toEqual(['one', 'one']);
  });

  it('that breaks down takes its last answer back, and is asked the next question all the same', async () => {
    show('one');
    await expect.poll(shown).toBe('one');
    deadly = ['two'];
    show('two');
    await expect.poll(shown).toBe('failed');
    show('three');
    await expect.poll(shown).toBe('three');
    expect(asked).toEqual(['one', 'two', 'three']);
  });
});
