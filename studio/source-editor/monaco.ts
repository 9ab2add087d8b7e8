// Monaco from our own origin: only what is imported here is bundled, and the workers are files of ours.
import { loader } from '@monaco-editor/react';
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/register.all';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { type AnyDocument, type Configuration, documentKinds } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { toDocumentJsonSchema } from '../../schemas/json-schema.ts';
import { choicesAt } from './reference-choices.ts';

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

// Completion and hover come from the schemas; what is wrong is said by our findings alone, so that both are the same.
jsonDefaults.setDiagnosticsOptions({
  validate: false,
  enableSchemaRequest: false,
  schemas: documentKinds.map((kind) => ({
    uri: `lintel://schema/${kind}`,
    fileMatch: [`**/${kind}/*.json`],
    schema: toDocumentJsonSchema(kind),
  })),
});
jsonDefaults.setModeConfiguration({
  ...jsonDefaults.modeConfiguration,
  documentFormattingEdits: false,
  documentRangeFormattingEdits: false,
});

monaco.languages.registerDocumentFormattingEditProvider('json', {
  displayName: 'lintel fmt',
  provideDocumentFormattingEdits(model) {
    const text = formatSource(model.getValue());
    return text === undefined ? [] : [{ range: model.getFullModelRange(), text }];
  },
});

/** The layout of `lintel fmt`; undefined for text that is not JSON. */
function formatSource(text: string): string | undefined {
  try {
    return toDocumentText(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What an open text is about, for completion. */
type Subject = () => { document: AnyDocument; configuration: Configuration };
const subjects = new Map<string, Subject>();

/** Lets a text be completed with the keys that exist; answers how to end it. */
export function completeReferences(uri: string, subject: Subject): () => void {
  subjects.set(uri, subject);
  return () => void subjects.delete(uri);
}

monaco.languages.registerCompletionItemProvider('json', {
  triggerCharacters: ['"'],
  provideCompletionItems(model, position) {
    const subject = subjects.get(model.uri.toString())?.();
    if (!subject) return { suggestions: [] };
    const found = choicesAt(model.getValue(), model.getOffsetAt(position), subject.document, subject.configuration);
    if (!found) return { suggestions: [] };
    const [start, end] = [model.getPositionAt(found.start), model.getPositionAt(found.end)];
    const range = monaco.Range.fromPositions(start, end);
    return {
      suggestions: found.choices.map(({ key, title }) => ({
        label: { label: key, description: title },
        kind: monaco.languages.CompletionItemKind.Reference,
        insertText: JSON.stringify(key),
        filterText: `"${key} ${title}"`,
        // Before what the schema proposes, which knows no keys.
        sortText: `0${key}`,
        detail: title,
        range,
      })),
    };
  },
});

export { monaco };
