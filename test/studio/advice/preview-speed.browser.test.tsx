import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import '../../../studio/app/theme.css';
import type { Answers } from '../../../schemas/condition.ts';
import { AdvicePreview } from '../../../studio/advice/advice-preview.tsx';
import { theme } from '../../../studio/app/theme.ts';
import { syntheticAnswers, syntheticBank } from '../../support/synthetic-bank.ts';
import { syntheticConfiguration } from '../../support/synthetic-configuration.ts';
import { WithRouter } from '../../support/with-router.tsx';

const STATEMENTS = 1_000;
const LIMIT_MS = 50;
/** Tests draw with the development build of React, which takes about three times as long. */
const DEVELOPMENT_FACTOR = 3;
/** Other work on the machine only ever adds to a time: the least of these is what the page itself takes. */
const TRIES = 25;

const configuration = syntheticConfiguration(STATEMENTS);
const first = syntheticAnswers(syntheticBank(STATEMENTS), 7);

function Preview() {
  const [answers, setAnswers] = useState<Answers>(first);
  return (
    <AdvicePreview
      configuration={configuration}
      workflow="synthetic"
      answers={answers}
      asAt="2027-01-04"
      onAnswers={setAnswers}
    />
  );
}

it(`brings the pack up to date within ${LIMIT_MS} ms of an answer, at ${STATEMENTS} statements`, async () => {
  const place = document.body.appendChild(document.createElement('main'));
  const root = createRoot(place);
  root.render(
    <MantineProvider theme={theme}>
      <WithRouter>
        <Preview />
      </WithRouter>
    </MantineProvider>,
  );
  const count = () => place.querySelector('[role="status"]')?.textContent ?? '';
  await expect.poll(count, { timeout: 20_000 }).toMatch(/\d+ statements in the pack/);
  const group = [...place.querySelectorAll<HTMLElement>('[role="radiogroup"]')].find(
    (one) => one.querySelectorAll('input').length === 2,
  );
  const radios = [...(group?.querySelectorAll<HTMLInputElement>('input') ?? [])];
  const times: number[] = [];
  for (let at = 0; at < TRIES; at++) {
    const before = count();
    const started = performance.now();
    radios.find((radio) => !radio.checked)?.click();
    while (count() === before && performance.now() - started < 2_000) await new Promise((done) => setTimeout(done, 0));
    times.push(performance.now() - started);
    expect(count()).not.toBe(before);
    await new Promise((done) => setTimeout(done, 60));
  }
  const least = Math.min(...times);
  console.info(`an answer to the pack: ${least.toFixed(1)} ms at least, ${Math.max(...times).toFixed(1)} ms at most`);
  expect(least).toBeLessThan(LIMIT_MS * DEVELOPMENT_FACTOR);
  root.unmount();
});
