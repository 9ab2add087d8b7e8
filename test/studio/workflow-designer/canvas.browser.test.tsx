import '@mantine/core/styles.css';
import '../../../studio/app/theme.css';
import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Announcer } from '../../../studio/ui/announcer.tsx';
import { Canvas } from '../../../studio/workflow-designer/canvas.tsx';
import { layoutByRank } from '../../../studio/workflow-designer/layout.ts';
import { housing } from '../../support/housing.ts';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('the shipped configuration has lost HP');

let root: Root | undefined;

/** The drawing of HP in a page of its own; answers what it was asked to do. */
async function showCanvas({ renaming, selected }: { renaming?: string; selected?: string } = {}) {
  const editing = {
    renaming,
    onRename: vi.fn(),
    onMove: vi.fn(),
    onConnect: vi.fn(),
    onKey: vi.fn(),
    onCommand: vi.fn(),
  };
  const place = document.body.appendChild(document.createElement('div'));
  place.style.cssText = 'width: 1200px; height: 800px';
  root = createRoot(place);
  root.render(
    <MantineProvider>
      <Canvas
        drawing={{ workflow: workflow as never, configuration: housing }}
        positions={layoutByRank(workflow as never)}
        editing={editing}
        {...(selected ? { selected: { node: selected } } : {})}
        label="HP"
      />
      <Announcer />
    </MantineProvider>,
  );
  // What cannot be seen yet takes no focus: cards are measured before they are shown.
  await expect.poll(() => card('HP13')?.checkVisibility({ visibilityProperty: true })).toBe(true);
  return editing;
}

const card = (node: string) => document.querySelector<HTMLElement>(`[data-node="${node}"]`);
const focused = () => document.activeElement?.getAttribute('data-node');
const handle = (node: string) =>
  page.elementLocator(card(node)?.querySelector('.react-flow__handle-bottom') as Element);
const face = (node: string) => page.elementLocator(card(node) as Element);

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

describe('the canvas by keyboard', () => {
  it('is one tab stop', async () => {
    await showCanvas();
    expect(document.querySelectorAll('[data-node][tabindex="0"]')).toHaveLength(1);
    await userEvent.tab();
    await expect.poll(focused).toBe('HP01');
  });

  it('walks links by arrows and says when there is none', async () => {
    await showCanvas();
    card('HP12')?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('HP13');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(() => document.querySelector('[data-testid=announcer]')?.textContent).toBe('No successor');
    expect(focused()).toBe('HP13');
  });

  it('hands every other key to the designer with the task it was pressed on', async () => {
    const { onKey } = await showCanvas();
    card('HP03')?.focus();
    await userEvent.keyboard('c');
    await expect.poll(() => onKey.mock.calls.length).toBe(1);
    expect(onKey.mock.calls[0]?.[1]).toBe('HP03');
  });

  it('keeps the letters of a title from being commands', async () => {
    const { onKey, onRename } = await showCanvas({ renaming: 'HP03' });
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Title');
    await userEvent.keyboard('Call a cab{Enter}');
    await expect.poll(() => onRename.mock.calls).toEqual([['HP03', 'Call a cab']]);
    expect(onKey).not.toHaveBeenCalled();
  });
});

describe('the canvas by mouse', () => {
  it('links to the card a link is dropped on, wherever on its face', async () => {
    const { onConnect } = await showCanvas();
    await userEvent.hover(face('HP08'));
    await userEvent.dragAndDrop(handle('HP08'), face('HP13'));
    await expect.poll(() => onConnect.mock.calls).toEqual([['HP08', 'HP13']]);
  });

  it('does not link into a cycle and says which', async () => {
    const { onConnect } = await showCanvas();
    await userEvent.hover(face('HP04'));
    await userEvent.dragAndDrop(handle('HP04'), face('HP01'));
    await expect
      .poll(() => document.querySelector('[data-testid=announcer]')?.textContent)
      .toContain('Not linked: would make a cycle: HP04, HP01, HP02, HP03, HP04');
    expect(onConnect).not.toHaveBeenCalled();
  });

  it('moves a card once, when it is let go', async () => {
    const { onMove } = await showCanvas();
    await userEvent.dragAndDrop(
      face('HP10'),
      page.elementLocator(document.querySelector('.react-flow__pane') as Element),
    );
    await expect.poll(() => onMove.mock.calls.length).toBe(1);
    expect(Object.keys(onMove.mock.calls[0]?.[0] ?? {})).toEqual(['HP10']);
  });

  it('has the commands of the chosen card beside it, clear of its neighbours', async () => {
    const { onCommand } = await showCanvas({ selected: 'HP05' });
    const pad = page.getByRole('toolbar', { name: 'Commands of HP05' });
    await expect.poll(() => pad.elements().length).toBe(1);
    const covered = () =>
      [...document.querySelectorAll<HTMLElement>('[data-node]')]
        .filter((other) => shareAnArea(pad.element(), other))
        .map((other) => other.dataset['node']);
    await expect.poll(covered).toEqual([]);
    await userEvent.click(pad.getByRole('button', { name: 'Duplicate (Ctrl+D)' }));
    await expect.poll(() => onCommand.mock.calls).toEqual([['duplicate', 'HP05']]);
  });
});

function shareAnArea(one: Element, other: Element): boolean {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  const [right, bottom] = [Math.min(a.right, b.right), Math.min(a.bottom, b.bottom)];
  return right > Math.max(a.left, b.left) && bottom > Math.max(a.top, b.top);
}
