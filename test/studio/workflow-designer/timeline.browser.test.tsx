import '@mantine/core/styles.css';
import '../../../studio/app/theme.css';
import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Configuration } from '../../../schemas/configuration.ts';
import { applyEdit, type EditCommand } from '../../../studio/document/engine.ts';
import { Announcer } from '../../../studio/ui/announcer.tsx';
import type { Selected } from '../../../studio/workflow-designer/selection.ts';
import { Timeline } from '../../../studio/workflow-designer/timeline/timeline.tsx';
import { housing } from '../../support/housing.ts';
import { manyTasks } from '../../support/many-tasks.ts';

let root: Root | undefined;

function Open({ of, workflow, onRun }: { of: Configuration; workflow: string; onRun: (command: EditCommand) => void }) {
  const [configuration, setConfiguration] = useState(of);
  const [start, setStart] = useState('2027-01-04');
  const [selected, setSelected] = useState<Selected>();
  const run = (command: EditCommand) => {
    onRun(command);
    const result = applyEdit({ configuration, layouts: {} }, command);
    if (result.ok) setConfiguration(result.content.configuration);
    return result;
  };
  const drawn = configuration.workflow[workflow];
  return <Timeline designer={{ workflow: drawn, configuration, start, setStart, selected, setSelected, run }} />;
}

/** The timeline in a page of its own; answers the commands it ran. */
async function showTimeline(of: Configuration = housing, workflow = 'HP') {
  const onRun = vi.fn<(command: EditCommand) => void>();
  const place = document.body.appendChild(document.createElement('div'));
  place.style.cssText = 'width: 1200px; height: 700px';
  root = createRoot(place);
  root.render(
    <MantineProvider>
      <Open of={of} workflow={workflow} onRun={onRun} />
      <Announcer />
    </MantineProvider>,
  );
  await expect.poll(() => document.querySelector('[data-row]')).not.toBeNull();
  return onRun;
}

const cell = (node: string) => document.querySelector<HTMLElement>(`[data-row="${node}"]`) as HTMLElement;
const words = (node: string) => cell(node).getAttribute('aria-label') ?? '';
const said = () => document.querySelector('[data-testid="announcer"]')?.textContent ?? '';
const bar = (node: string) => [...cell(node).children].at(-1) as HTMLElement;

/** Takes hold of an element at a place, moves by so many pixels, and drops it or not. */
async function drag(element: HTMLElement, at: number, by: number, drop = true): Promise<void> {
  const { left, top } = element.getBoundingClientRect();
  const point = (x: number) => ({ bubbles: true, pointerId: 1, button: 0, clientX: left + x, clientY: top + 5 });
  element.setPointerCapture = () => {};
  element.dispatchEvent(new PointerEvent('pointerdown', point(at)));
  for (const share of [0.4, 0.8, 1]) {
    element.dispatchEvent(new PointerEvent('pointermove', point(at + by * share)));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  if (drop) element.dispatchEvent(new PointerEvent('pointerup', point(at + by)));
}

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

describe('the timeline', () => {
  it('changes a lag by one command when a bar is dragged, and shows meanwhile what moves', async () => {
    const onRun = await showTimeline();
    // Weeks are drawn with ten pixels a day: four days later.
    await drag(bar('HP05'), 20, 40, false);
    await expect.poll(() => document.body.textContent).toContain('4 bars move; the plan still finishes 9 Mar 2027.');
    expect(onRun).not.toHaveBeenCalled();
    bar('HP05').dispatchEvent(
      new PointerEvent('pointerup', {
        bubbles: true,
        pointerId: 1,
        clientX: bar('HP05').getBoundingClientRect().left + 20,
      }),
    );
    await expect.poll(() => words('HP05')).toContain('25 Jan 2027 to 28 Jan 2027');
    expect(onRun.mock.calls.map(([command]) => command)).toEqual([
      { type: 'setLag', workflow: 'HP', link: 'HP04-HP05', lag: { value: 2, unit: 'workingDays', basis: 'working' } },
    ]);
  });

  it('changes the estimate when the end is dragged, and nothing when Escape is pressed on the way', async () => {
    const onRun = await showTimeline();
    const handle = () => bar('HP07').lastElementChild as HTMLElement;
    await drag(handle(), 5, 30, false);
    await userEvent.keyboard('{Escape}');
    handle().dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId: 1 }));
    expect(onRun).not.toHaveBeenCalled();
    await drag(handle(), 5, 40);
    await expect.poll(() => words('HP07')).toContain('21 Jan 2027 to 8 Feb 2027');
    expect(onRun).toHaveBeenCalledTimes(1);
    await expect.poll(() => words('HP07')).toContain('length by estimate');
  });

  it('does the same by keys, and says what it changed', async () => {
    await showTimeline();
    cell('HP12').focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(() => words('HP12')).toContain('26 Feb 2027 to 5 Mar 2027');
    await expect.poll(() => document.activeElement === cell('HP12')).toBe(true);
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
    await expect.poll(() => words('HP12')).toContain('26 Feb 2027 to 4 Mar 2027');
  });

  it('says why a bar does not move', async () => {
    const onRun = await showTimeline();
    cell('HP01').focus();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(said).toContain('Not done: HP01 starts with the case');
    expect(onRun).not.toHaveBeenCalled();
  });

  it('is one tab stop, walked by rows and along the links', async () => {
    await showTimeline();
    expect(document.querySelectorAll('[data-row][tabindex="0"]')).toHaveLength(1);
    cell('HP03').focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('HP04');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('HP03');
    await userEvent.keyboard('{End}');
    await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('HP11');
  });

  it('draws only what is seen of a thousand tasks, and goes to the last by a key', async () => {
    await showTimeline(manyTasks(1000, housing), 'MANY');
    expect(document.querySelectorAll('[data-row]').length).toBeLessThan(60);
    cell('M0001').focus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => document.activeElement?.getAttribute('data-row')).toBe('M1000');
    await expect.poll(() => document.querySelectorAll('[data-row]').length).toBeLessThan(80);
  });
});
