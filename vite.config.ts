import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './test/support/chromium.js';
import { PATIENCE_MS } from './test/support/patience.ts';

const dir = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Its browser build decodes by the DOM, which a worker does not have; the other build has a table. */
const entityDecoder = createRequire(fileURLToPath(import.meta.resolve('mdast-util-from-markdown'))).resolve(
  'decode-named-character-reference',
);

const browser = () => ({
  enabled: true,
  headless: true,
  provider: playwright({
    launchOptions: { executablePath: findChromium() ?? 'chromium', args: [...chromiumArguments] },
  }),
  instances: [{ browser: 'chromium' as const }],
  screenshotFailures: false,
});

/** Everything the browser side imports, pre-bundled up front: a dependency met for the first time mid-run makes Vite reload and fails the run. */
const optimizeDeps = {
  include: [
    'react',
    'react-dom',
    'react-dom/client',
    'react/jsx-runtime',
    'react/jsx-dev-runtime',
    '@xyflow/react',
    '@mantine/core',
    '@mantine/hooks',
    '@mantine/form',
    '@mantine/dates',
    '@mantine/modals',
    '@mantine/notifications',
    '@mantine/spotlight',
    '@tabler/icons-react',
    'dayjs',
    'dayjs/locale/en-gb',
    '@tanstack/react-query',
    '@tanstack/react-router',
    'immer',
    'liquidjs',
    'mdast-util-from-markdown',
    'temporal-polyfill',
    'xstate',
    '@xstate/react',
    'zod',
    'zod/v4/core',
    'hono/client',
    'axe-core',
    'elkjs/lib/elk-api',
    'elkjs/lib/elk.bundled.js',
    '@monaco-editor/react',
    'monaco-editor/editor',
    'monaco-editor/features/register.all',
    'monaco-editor/languages/features/json/register',
  ],
};

/** What runs in a browser waits long for what is to come: other tests run beside it. */
const patient = {
  testTimeout: 5 * PATIENCE_MS,
  hookTimeout: 5 * PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS } },
};

/** Each story is looked at for accessibility in the light and then in the dark. */
const stories = {
  root: dir('.'),
  optimizeDeps,
  plugins: [storybookTest({ configDir: dir('./.storybook') })],
  test: {
    name: 'storybook',
    ...patient,
    env: { VITE_BOTH_SCHEMES: 'true' },
    browser: browser(),
  },
};

const WORKER = 'service-worker';
/** Heavier ones (the text editor, tidying) are kept on a computer when they are first used there. */
const KEEP_UP_TO_BYTES = 700_000;

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...values: never[]) => unknown>>[1];

/** A part with all that it imports. */
function reach(bundle: Bundle, file: string, found: string[] = []): string[] {
  const part = bundle[file];
  if (part?.type !== 'chunk' || found.includes(file)) return found;
  found.push(file);
  for (const imported of part.imports) reach(bundle, imported, found);
  return found;
}

function modulesOf(bundle: Bundle, file: string): string[] {
  const part = bundle[file];
  return part?.type === 'chunk' ? Object.keys(part.modules) : [];
}

/** Tells the worker that opens the studio without the server which build it is and which files to keep. */
const nameBuild = (): Plugin => ({
  name: 'name-build',
  generateBundle(_options, bundle) {
    const parts = Object.values(bundle).filter(
      ({ fileName }) => fileName !== `${WORKER}.js` && !fileName.endsWith('.html'),
    );
    const names = parts.map(({ fileName }) => fileName).sort();
    const files = parts.filter((part) => ('code' in part ? part.code : part.source).length < KEEP_UP_TO_BYTES);
    const entry = parts.find((part) => part.type === 'chunk' && part.isEntry)?.fileName;
    const drawing = parts.find((part) => part.type === 'chunk' && part.name === 'designer-page')?.fileName ?? '';
    if (reach(bundle, drawing).some((file) => modulesOf(bundle, file).some((id) => id.includes('/zod/v4/classic/'))))
      this.warn('the first drawing loads the schemas with it: import plain names from schemas/kinds.ts instead');
    const worker = bundle[`${WORKER}.js`];
    if (worker?.type !== 'chunk' || worker.imports.length > 0 || !entry)
      throw new Error(`expected ${WORKER}.js without imports, and the part that the page starts with`);
    const build = {
      digest: createHash('sha256').update(names.join(' ')).digest('hex').slice(0, 12),
      entry,
      files: files.map(({ fileName }) => `/studio/${fileName}`).sort(),
    };
    worker.code = `const BUILD=${JSON.stringify(build)};${worker.code}`;
  },
});

/** The page names the program and its styles, so that they are on their way while its first lines run. */
const preloadStart = (): Plugin => ({
  name: 'preload-start',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const start = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === 'start')?.fileName;
      if (start === undefined) return [];
      const files = reach(bundle as Bundle, start).filter((file) => !html.includes(file));
      const styles = files.flatMap((file) => {
        const part = bundle[file];
        return part?.type === 'chunk' ? [...(part.viteMetadata?.importedCss ?? [])] : [];
      });
      const link = (rel: string, file: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/studio/${file}` },
        injectTo: 'head',
      });
      return [...files.map((file) => link('modulepreload', file)), ...styles.map((file) => link('stylesheet', file))];
    },
  },
});

/** Packs once what the server would have to pack for every browser. */
const packParts = (): Plugin => ({
  name: 'pack-parts',
  writeBundle({ dir: folder = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((name) => /\.(?:js|css|html|svg)$/.test(name)))
      writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
  },
});

/** What a part takes up together with all that it needs, the first that matches: few parts load sooner than a hundred small ones. */
const loadedTogether = [
  { name: 'ahead', test: /studio\/app\/ahead\.|preload-helper/ },
  { name: 'start', test: /studio\/start\.tsx|schemas\/(kinds|in-order|empty-configuration)\.ts/ },
  { name: 'shapes', test: /schemas\/configuration\.ts|zod\/v4\/classic\// },
  { name: 'icons', test: /@tabler\/icons-react/ },
  {
    name: 'plan',
    test: /engine\/(calendar\/(bank-holidays|closed-days|compile|due|time)|plan\/(timeline|gestures|worst-start|plan|sweep)|export\/rank-layout)\.ts/,
  },
  {
    name: 'basics',
    test: new RegExp(
      [
        /studio\/ui\/(badge|states|use-focus-place)\./,
        /studio\/words\/(condition|owner|period)-words\./,
        /studio\/workflow-designer\/(drawing|icon-button|layout|node-choices|task-card)\./,
        /studio\/(document-editor\/document-link|play\/counterexample|statement-bank\/rule-place)\./,
        /studio\/(exchange\/exchange-menu|publish\/publish-button)\./,
        /@mantine\/core\/esm\/components\/(SegmentedControl|Tooltip)\//,
        /schemas\/shape\.|engine\/check\/(conditions|derived|rules\/references)\./,
      ]
        .map(({ source }) => source)
        .join('|'),
    ),
  },
  {
    name: 'draft',
    test: /studio\/document\/(draft-provider|save-mark)\.|engine\/edit\/(apply-command|history|clipboard\/copy-nodes|new-task|predecessor-notation)\.ts/,
  },
  { name: 'canvas', test: /workflow-designer\/canvas\.tsx/ },
  { name: 'designer', test: /workflow-designer\/(keys|load-layout|new-node|(designer|canvas-view)\.module)/ },
];

export default defineConfig({
  root: dir('./studio'),
  base: '/studio/',
  optimizeDeps,
  plugins: [react(), nameBuild(), preloadStart(), packParts()],
  resolve: { alias: { 'decode-named-character-reference': entityDecoder } },
  build: {
    outDir: dir('./dist/studio'),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      input: { index: dir('./studio/index.html'), [WORKER]: dir('./studio/offline/service-worker.ts') },
      output: {
        codeSplitting: {
          groups: loadedTogether.map((part, index) => ({ ...part, priority: loadedTogether.length - index })),
        },
        entryFileNames: ({ name }) => (name === WORKER ? `${WORKER}.js` : 'assets/[name]-[hash].js'),
      },
      // Importing the engine by its one entrance costs a page only the parts that it uses.
      treeshake: { moduleSideEffects: [{ test: /[\\/](?:runtime[\\/]engine|schemas)[\\/]/, sideEffects: false }] },
    },
  },
  worker: { format: 'es' },
  server: { port: 5173, strictPort: true, proxy: { '/v1': 'http://127.0.0.1:8787' } },
  test: {
    root: dir('.'),
    passWithNoTests: true,
    coverage: {
      provider: 'v8',
      include: ['{studio,runtime,schemas}/**/*.{ts,tsx}'],
      exclude: ['**/*.test.*'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      {
        root: dir('.'),
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{schemas,runtime,studio,test}/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', '**/*.browser.test.*', 'node_modules/**'],
          testTimeout: 2 * PATIENCE_MS,
          expect: { poll: { timeout: PATIENCE_MS / 2 } },
          // Most of the time went into reading the same modules for each file anew; what a file changes it puts back.
          isolate: false,
        },
      },
      {
        root: dir('.'),
        optimizeDeps,
        plugins: [react()],
        test: { name: 'browser', ...patient, include: ['test/**/*.browser.test.{ts,tsx}'], browser: browser() },
      },
      stories,
      {
        root: dir('.'),
        test: {
          name: 'end-to-end',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/support/build.js'],
          ...patient,
          maxWorkers: 2,
        },
      },
    ],
  },
});
