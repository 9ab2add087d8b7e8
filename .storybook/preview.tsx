import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@xyflow/react/dist/style.css';
import { MantineProvider } from '@mantine/core';
import type { Decorator, Preview } from '@storybook/react-vite';
import { cssVariables, theme } from '../studio/app/theme.ts';

/** Every story inside the studio's theme, in the scheme of the toolbar (or of the test run). */
const withTheme: Decorator = (Story, context) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    forceColorScheme={context.globals['scheme'] === 'dark' ? 'dark' : 'light'}
  >
    <Story />
  </MantineProvider>
);

const preview: Preview = {
  decorators: [withTheme],
  globalTypes: {
    scheme: {
      description: 'Colour scheme',
      toolbar: { title: 'Scheme', icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
  },
  initialGlobals: { scheme: import.meta.env['VITE_COLOR_SCHEME'] === 'dark' ? 'dark' : 'light' },
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
  },
};
export default preview;
