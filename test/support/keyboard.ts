import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { focusedName, tabTo } from './studio-driver.ts';

/** What hands on a keyboard do, and nothing else. */
export interface Keyboard {
  type(text: string): Promise<void>;
  press(...keys: string[]): Promise<void>;
  /** Waits until something of this name has the focus. */
  stand(name: string): Promise<void>;
  /** Chooses in a list that opens under the focused field. */
  choose(words: string): Promise<void>;
  /** Types into a list that is searched, and chooses the first with these words once it holds no others. */
  find(words: string): Promise<void>;
}

export function keyboardOf(page: Page): Keyboard {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  return {
    type: (text) => page.keyboard.type(text),
    press,
    stand: (name) => expect.poll(() => focusedName(page)).toBe(name),
    async choose(words) {
      await press('ArrowDown');
      await page.getByRole('option').first().waitFor();
      for (let step = 0; step < 40; step++) {
        if ((await chosenOption(page)) === words) return press('Enter');
        await press('ArrowDown');
      }
      throw new Error(`the list has no ${words}`);
    },
    async find(words) {
      await page.keyboard.type(words);
      // The list is there before it follows what is typed.
      const others = page.getByRole('option').filter({ hasNotText: words });
      await page.getByRole('option').first().waitFor();
      await expect.poll(() => others.count()).toBe(0);
      await press('ArrowDown');
      await expect.poll(() => chosenOption(page)).toContain(words);
      await press('Enter');
    },
  };
}

/** The option that Enter would choose. */
function chosenOption(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    const option = id ? document.getElementById(id) : document.querySelector('[data-combobox-selected]');
    return option?.textContent?.trim() ?? '';
  });
}

/** Adds a document to the area that is open, by keys alone; its key is the one proposed where none is given. */
export async function addDocumentByKeys(
  page: Page,
  { one, title, key }: { one: string; title: string; key?: string },
  way: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  const { type, press, stand } = keyboardOf(page);
  await tabTo(page, `New ${one}`, way);
  await press('Enter');
  await stand('Title');
  await type(title);
  if (key !== undefined) {
    await press('Tab', 'Control+a');
    await type(key);
  }
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: key === undefined ? title : `${title} ${key}` }).waitFor();
}
