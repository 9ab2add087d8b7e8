import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@xyflow/react/dist/style.css';
import { MantineProvider } from '@mantine/core';
import { afterEach as checkAccessibility } from '@storybook/addon-a11y/preview';
import type { Decorator, Preview } from '@storybook/react-vite';
import { useSyncExternalStore } from 'react';
import { waitForAnimations } from 'storybook/preview-api';
import { configure } from 'storybook/test';
import { cssVariables, theme } from '../studio/app/theme.ts';
import { PATIENCE_MS } from '../test/support/patience.ts';

// A play waits until what is to come is there, beside other tests too.
configure({ asyncUtilTimeout: PATIENCE_MS });

/** Set while a test shows its story a second time, in the dark. */
let isDarkTurn = false;
const listeners = new Set<() => void>();
const followTurn = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

async function turnDark(isDark: boolean): Promise<void> {
  isDarkTurn = isDark;
  for (const listener of listeners) listener();
  await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
  await waitForAnimations();
}

/** Every story inside the studio's theme, in the scheme of the toolbar (or of the test's turn). */
const withTheme: Decorator = (Story, context) => {
  const isDark = useSyncExternalStore(followTurn, () => isDarkTurn) || context.globals['scheme'] === 'dark';
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={isDark ? 'dark' : 'light'}>
      <Story />
    </MantineProvider>
  );
};

const preview: Preview = {
  decorators: [withTheme],
  globalTypes: {
    scheme: {
      description: 'Colour scheme',
      toolbar: { title: 'Scheme', icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
  },
  initialGlobals: { scheme: 'light' },
  parameters: {
    // What passes is not described: that takes longer than looking.
    a11y: { test: 'error', options: { resultTypes: ['violations'] } },
    layout: 'fullscreen',
  },
  /** The add-on looks at the story in the light; in a test it is looked at once more in the dark, as the play left it. */
  afterEach: async (context) => {
    if (import.meta.env['VITE_BOTH_SCHEMES'] !== 'true') return;
    await turnDark(true);
    try {
      await checkAccessibility(context);
    } finally {
      await turnDark(false);
    }
  },
};
export default preview;
