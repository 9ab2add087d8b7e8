// Monaco from our own origin: only what is imported here is bundled, and the workers are files of ours.
import { loader } from '@monaco-editor/react';
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/register.all';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';

self.MonacoEnvironment = { getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()) };
// Without this line the loader fetches the editor from a CDN.
loader.config({ monaco: monaco as never });

// The editor's ground is the studio's, in both schemes (theme.css).
monaco.editor.defineTheme('lintel-light', {
  base: 'vs',
  inherit: true,
  rules: [],
  colors: { 'editor.background': '#ffffff', 'editorLineNumber.foreground': '#596170' },
});
monaco.editor.defineTheme('lintel-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [],
  colors: {
    'editor.background': '#191c22',
    'editorLineNumber.foreground': '#a3a9b5',
    'editor.lineHighlightBorder': '#2d323c',
    'editorIndentGuide.background1': '#2d323c',
  },
});

export { jsonDefaults, monaco };
