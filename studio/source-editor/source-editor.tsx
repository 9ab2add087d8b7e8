import { useComputedColorScheme } from '@mantine/core';
import { Editor } from '@monaco-editor/react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { announce } from '../ui/announcer.tsx';
import { textSize } from '../ui/text-size.ts';
import { findPlace, type Place, readPlaces } from './json-places.ts';
import { completeReferences, monaco } from './monaco.ts';
import { isMac, tabKeys } from './tab-keys.ts';

export interface SourceHandle {
  goTo(finding: Pick<Finding, 'pointer' | 'values'>): void;
  format(): void;
  /** Puts in what changed elsewhere; what is written here meanwhile is not reported back. */
  write(text: string): void;
}

export interface SourceEditorProps {
  document: AnyDocument;
  configuration: Configuration;
  /** What the text begins as. */
  text: string;
  findings: readonly Finding[];
  pointer?: string | undefined;
  onChange: (text: string) => void;
  onTabLeaves: (leaves: boolean) => void;
  handle: Ref<SourceHandle>;
}

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

/** The document as text, with completion and hover by its schema and by the keys that exist, and the findings as markers. */
export default function SourceEditor(props: SourceEditorProps) {
  const { document, text, findings, pointer, onChange, onTabLeaves, handle } = props;
  const scheme = useComputedColorScheme('light');
  const [editor, setEditor] = useState<CodeEditor>();
  const isForeign = useRef(false);
  const latest = useRef(props);
  const name = `${document.kind}/${document.key}`;
  const uri = `lintel:///${name}.json`;
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => completeReferences(monaco.Uri.parse(uri).toString(), () => latest.current), [uri]);
  useEffect(() => {
    const model = editor?.getModel();
    if (!model) return;
    const places = readPlaces(model.getValue());
    monaco.editor.setModelMarkers(
      model,
      'lintel',
      findings.map((finding) => toMarker(model, places, finding)),
    );
  }, [editor, findings]);
  useImperativeHandle(handle, () => ({
    goTo: (finding) => editor && goTo(editor, finding),
    write: (foreign) => {
      const model = editor?.getModel();
      if (!model) return;
      isForeign.current = true;
      writeForeign(model, foreign);
      isForeign.current = false;
    },
    format: () => {
      const before = editor?.getModel()?.getValue();
      void editor
        ?.getAction('editor.action.formatDocument')
        ?.run()
        .then(() =>
          announce(
            editor.getModel()?.getValue() === before ? 'The layout is as it should be' : 'Laid out as lintel fmt does',
          ),
        );
    },
  }));
  const onMount = (mounted: CodeEditor) => {
    setEditor(mounted);
    const { KeyMod, KeyCode } = monaco;
    mounted.addAction({
      id: 'lintel.toggleTab',
      label: 'Let Tab leave the text, or indent again',
      keybindings: [isMac ? KeyMod.WinCtrl | KeyMod.Shift | KeyCode.KeyM : KeyMod.CtrlCmd | KeyCode.KeyM],
      run: () => {
        const leaves = !mounted.getOption(monaco.editor.EditorOption.tabFocusMode);
        mounted.updateOptions({ tabFocusMode: leaves });
        onTabLeaves(leaves);
      },
    });
    if (pointer) goTo(mounted, { pointer, values: {} });
  };
  return (
    <Editor
      path={uri}
      language="json"
      theme={`lintel-${scheme}`}
      // Never `value`: writing back what was typed a moment ago drops letters.
      defaultValue={text}
      onChange={(next) => next !== undefined && !isForeign.current && onChange(next)}
      onMount={onMount}
      options={{
        minimap: { enabled: false },
        // Monaco dims the last line's number below what can be read.
        renderFinalNewline: 'on',
        fontSize: textSize(13),
        tabSize: 2,
        scrollBeyondLastLine: false,
        automaticLayout: true,
        fixedOverflowWidgets: true,
        quickSuggestions: { strings: true, other: true, comments: false },
        suggest: { showWords: false },
        ariaLabel: `Source of ${name}. To leave the text: ${tabKeys}, then Tab.`,
      }}
    />
  );
}

/** Writes what changed elsewhere, and only that: cursor and scroll stay where they are. */
function writeForeign(model: monaco.editor.ITextModel, text: string): void {
  const before = model.getValue();
  if (before === text) return;
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(before.length, text.length) - start;
  while (end < most && before[before.length - 1 - end] === text[text.length - 1 - end]) end++;
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(before.length - end));
  model.pushEditOperations([], [{ range, text: text.slice(start, text.length - end) }], () => null);
}

function goTo(editor: CodeEditor, finding: Pick<Finding, 'pointer' | 'values'>): void {
  const model = editor.getModel();
  if (!model) return;
  const range = rangeOf(model, readPlaces(model.getValue()), finding);
  editor.setSelection(range);
  editor.revealRangeInCenter(range);
  editor.focus();
}

/** From the name of a value to its end, or to the end of the line where it goes on below. */
function rangeOf(
  model: monaco.editor.ITextModel,
  places: readonly Place[],
  { pointer, values }: Pick<Finding, 'pointer' | 'values'>,
): monaco.Range {
  if (typeof values['offset'] === 'number') {
    const at = model.getPositionAt(values['offset']);
    return new monaco.Range(at.lineNumber, Math.max(1, at.column - 1), at.lineNumber, at.column + 1);
  }
  const place = findPlace(places, pointer);
  const start = model.getPositionAt(place?.start ?? 0);
  const end = model.getPositionAt(place?.valueEnd ?? 1);
  return end.lineNumber === start.lineNumber
    ? monaco.Range.fromPositions(start, end)
    : new monaco.Range(start.lineNumber, start.column, start.lineNumber, model.getLineMaxColumn(start.lineNumber));
}

function toMarker(
  model: monaco.editor.ITextModel,
  places: readonly Place[],
  finding: Finding,
): monaco.editor.IMarkerData {
  const severity = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  }[finding.severity];
  return {
    severity,
    message: finding.message,
    code: finding.code,
    source: 'lintel',
    ...rangeOf(model, places, finding),
  };
}
