import '@mantine/core/styles.css';
import '../../../studio/app/theme.css';
import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect as expectNow, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Finding } from '../../../schemas/finding.ts';
import { theme } from '../../../studio/app/theme.ts';
import type { DesignerView } from '../../../studio/workflow-designer/view.ts';
import { WithDesigner } from '../../support/with-designer.tsx';

/** A loaded machine takes its time. */
const expect = Object.assign((value: unknown) => expectNow(value), {
  poll: <T,>(read: () => T) => expectNow.poll(read, { timeout: 10_000 }),
});

let root: Root | undefined;

async function open(view: DesignerView, findings: readonly Finding[] = []): Promise<void> {
  const place = document.body.appendChild(document.createElement('div'));
  place.style.cssText = 'width: 1280px; height: 800px';
  root = createRoot(place);
  root.render(
    <MantineProvider theme={theme}>
      <WithDesigner view={view} findings={findings} />
    </MantineProvider>,
  );
  await expect.poll(() => document.querySelector('[data-node="HP13"]')).not.toBeNull();
}

const said = () => document.querySelector('[data-testid=announcer]')?.textContent ?? '';
const cell = (node: string, column: number) => document.querySelector<HTMLElement>(`[data-cell="${node} ${column}"]`);
const card = (node: string) => document.querySelector<HTMLElement>(`[data-node="${node}"]`);
/** Puts the focus on a card and waits until it is chosen. */
async function choose(node: string): Promise<void> {
  card(node)?.focus();
  await expect.poll(() => card(node)?.getAttribute('aria-current')).toBe('true');
}
const focusedCell = () => document.activeElement?.getAttribute('data-cell');
const bar = (name: RegExp) =>
  [...document.querySelectorAll('button')].find((button) => name.test(button.getAttribute('aria-label') ?? ''));
const PREDECESSORS = 4;

/** Text on the browser's clipboard, as its own copy and paste events carry it. */
function clipboardEvent(type: 'copy' | 'cut' | 'paste', text?: string): DataTransfer {
  const clipboardData = new DataTransfer();
  if (text !== undefined) clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return clipboardData;
}

vi.setConfig({ testTimeout: 40_000 });

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

describe('the outline by keyboard', () => {
  it('walks cells, changes predecessors, says what that changed, and takes it back', async () => {
    await open('outline');
    cell('HP09', 2)?.focus();
    cell('HP09', 2)?.click();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(focusedCell()).toBe(`HP09 ${PREDECESSORS}`);
    await userEvent.keyboard('{F2}');
    await expect.poll(() => (document.activeElement as HTMLInputElement).value).toBe('HP05FS+12d');
    await userEvent.keyboard('{Control>}a{/Control}HP13{Enter}');
    await expect
      .poll(() => document.querySelector('[role=alert]')?.textContent)
      .toContain('would make a cycle: HP13, HP10, HP09, HP13'.slice(0, 22));
    await userEvent.keyboard('{Control>}a{/Control}HP04FS+3wd{Enter}');
    await expect.poll(() => cell('HP09', PREDECESSORS)?.textContent).toBe('HP04FS+3wd');
    expect(said()).toContain('Set predecessors of HP09');
    expect(focusedCell()).toBe(`HP09 ${PREDECESSORS}`);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => cell('HP09', PREDECESSORS)?.textContent).toBe('HP05FS+12d');
    expect(said()).toContain('Undone: Set predecessors of HP09');
  });

  it('leaves a cell as it was on Escape', async () => {
    await open('outline');
    cell('HP10', 2)?.click();
    await userEvent.keyboard('{Enter}{Control>}a{/Control}Something else{Escape}');
    await expect.poll(() => cell('HP10', 2)?.textContent).toBe('Plan review 2');
    expect(focusedCell()).toBe('HP10 2');
  });

  it('adds a task after another, names it, and deleting it takes its task document along', async () => {
    await open('outline');
    cell('HP10', 2)?.click();
    await userEvent.keyboard('a');
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Title of HP14');
    await userEvent.keyboard('Ask the landlord{Enter}');
    await expect.poll(() => cell('HP14', 2)?.textContent).toBe('Ask the landlord');
    await expect.poll(() => cell('HP14', PREDECESSORS)?.textContent).toBe('HP10');
  });

  it('sets a field of several tasks in one step', async () => {
    await open('outline');
    cell('HP01', 2)?.click();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.poll(() => document.querySelectorAll('tr[aria-selected=true]').length).toBe(3);
    const what = document.querySelector<HTMLInputElement>('input[aria-label="What to set"]');
    expect(what?.value).toBe('Owner');
    await userEvent.click(
      [...document.querySelectorAll('button')].find((button) => button.textContent === 'Set for all') as Element,
    );
    await expect.poll(said).toContain('Set owner of 3 tasks');
    expect(bar(/^Undo Set owner of 3 tasks$/)).toBeDefined();
  });

  it('moves a row and sorts', async () => {
    await open('outline');
    cell('HP02', 2)?.click();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await expect.poll(said).toContain('Reorder HP02');
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowUp}{ArrowRight}{Enter}');
    await expect.poll(said).toBe('Sorted by key, ascending');
  });
});

describe('the clipboard', () => {
  it('carries tasks as text and pastes them as new ones', async () => {
    await open('canvas');
    await choose('HP09');
    const text = clipboardEvent('copy').getData('text/plain');
    expect(JSON.parse(text)).toMatchObject({ lintel: 'lintel-tasks', nodes: { HP09: { type: 'task' } } });
    await expect.poll(said).toBe('Copied HP09');
    clipboardEvent('paste', text);
    await expect.poll(() => card('HP14')).not.toBeNull();
    expect(said()).toContain('Pasted HP14');
  });

  it('pastes a list as a chain after the chosen task', async () => {
    await open('canvas');
    await choose('HP13');
    clipboardEvent('paste', '- Call\n- Visit\n- Write');
    await expect.poll(said).toContain('Pasted 3 tasks after HP13');
    await expect.poll(() => card('HP16')?.getAttribute('aria-label')).toContain('after HP15');
  });

  it('says what it cannot read', async () => {
    await open('canvas');
    await choose('HP13');
    clipboardEvent('paste', 'just words');
    await expect.poll(() => document.querySelector('[role=dialog]')?.textContent).toContain('Nothing was pasted');
  });
});

describe('the canvas by keyboard', () => {
  it('chooses all, duplicates in one step, and takes that back', async () => {
    await open('canvas');
    await choose('HP01');
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.poll(said).toBe('13 tasks chosen');
    await userEvent.keyboard('{Control>}d{/Control}');
    await expect.poll(said).toContain('Duplicated 13 tasks');
    await expect.poll(() => card('HP26')).not.toBeNull();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => card('HP26')).toBeNull();
  });

  it('finds a command by typing', async () => {
    await open('canvas');
    await choose('HP01');
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect
      .poll(() => document.activeElement?.getAttribute('aria-label'))
      .toBe('Find a command, a task or a document');
    await userEvent.keyboard('tidy by time{Enter}');
    await expect.poll(said).toContain('Tidied by time');
    expect(bar(/^Undo Move 13 tasks$/)).toBeDefined();
  });

  it('finds a task', async () => {
    await open('canvas');
    await choose('HP01');
    await userEvent.keyboard('{Control>}f{/Control}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Find a task');
    await userEvent.keyboard('plan review{Enter}');
    await expect.poll(said).toContain('1 of 2: HP09 Plan review 1');
    await userEvent.keyboard('{Enter}');
    await expect.poll(said).toContain('2 of 2: HP10 Plan review 2');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement?.getAttribute('data-node')).toBe('HP10');
  });

  it('keeps what is chosen while views change', async () => {
    await open('canvas');
    await choose('HP07');
    document.querySelector<HTMLInputElement>('input[value=outline]')?.click();
    await expect
      .poll(() => document.querySelector('tr[aria-selected=true]')?.getAttribute('data-place'))
      .toBe('/nodes/HP07');
  });
});

const named = <T extends Element>(name: string) =>
  [...document.querySelectorAll<HTMLElement>('button, summary, [role=tab]')].find((one) =>
    one.textContent?.includes(name),
  ) as T | undefined;

describe('the panel beside the drawing', () => {
  it('opens the settings of the workflow for a finding about a field in them', async () => {
    await open('canvas', [
      {
        code: 'SOURCE_OLD',
        severity: 'warning',
        document: 'workflow/HP',
        pointer: '/retention',
        values: {},
        message: 'It is kept for too long: shorten it.',
      },
    ]);
    await expect.poll(() => named('Findings (1)')).toBeDefined();
    named<HTMLElement>('Findings (1)')?.click();
    await expect.poll(() => named('It is kept')).toBeDefined();
    named<HTMLElement>('It is kept')?.click();
    await expect
      .poll(() => document.activeElement?.closest('[data-place]')?.getAttribute('data-place'))
      .toMatch(/^\/retention/);
    expect(named('All settings')?.closest('details')?.open).toBe(true);
  });

  it('edits the owner rules of a node with their conditions, and a chosen owner leaves those alone', async () => {
    await open('canvas');
    await choose('HP07');
    await expect.poll(() => named('Rules for the owner')).toBeDefined();
    named<HTMLElement>('Rules for the owner')?.click();
    await expect.poll(() => named('Give it rules of its own')).toBeDefined();
    named<HTMLElement>('Give it rules of its own')?.click();
    await expect.poll(() => named('Add an owner rule')).toBeDefined();
    named<HTMLElement>('Add an owner rule')?.click();
    await expect.poll(() => document.querySelectorAll('[aria-label="Rules for the owner"] > li').length).toBe(2);
    await expect.poll(() => named('Rules for the owner: 2')).toBeDefined();
    const owner = page.getByRole('combobox', { name: 'Owner', exact: true });
    (owner.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}a{/Control}Case owner');
    await expect.poll(() => document.querySelectorAll('[role=option]').length).toBe(1);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.poll(() => (owner.element() as HTMLInputElement).value).toBe('Case owner');
    expect(document.querySelectorAll('[aria-label="Rules for the owner"] > li').length).toBe(2);
    named<HTMLElement>('Back to the rules')?.click();
    await expect.poll(() => named('Give it rules of its own')).toBeDefined();
  });
});
