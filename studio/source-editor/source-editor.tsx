import { useComputedColorScheme } from '@mantine/core';
import { Editor } from '@monaco-editor/react';
import { useEffect, useRef } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { toDocumentJsonSchema } from '../../schemas/json-schema.ts';
import { findPointer } from './find-pointer.ts';
import { jsonDefaults, monaco } from './monaco.ts';

export interface SourceEditorProps {
  kind: DocumentKind;
  name: string;
  text: string;
  findings: readonly Finding[];
  pointer?: string | undefined;
  onChange: (text: string) => void;
}

/** The document as text, with completion, hover and checks by its schema, and our findings as markers. */
export default function SourceEditor({ kind, name, text, findings, pointer, onChange }: SourceEditorProps) {
  const scheme = useComputedColorScheme('light');
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const path = `lintel:///${name}.json`;
  useEffect(() => applySchema(kind), [kind]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model)
      monaco.editor.setModelMarkers(
        model,
        'lintel',
        findings.map((finding) => toMarker(model, finding)),
      );
  });
  return (
    <Editor
      path={path}
      language="json"
      theme={`lintel-${scheme}`}
      value={text}
      onChange={(next) => next !== undefined && onChange(next)}
      onMount={(mounted) => {
        editor.current = mounted;
        const model = mounted.getModel();
        if (!pointer || !model) return;
        const at = model.getPositionAt(findPointer(model.getValue(), pointer));
        mounted.setPosition(at);
        mounted.revealPositionInCenter(at);
        mounted.focus();
      }}
      options={{
        minimap: { enabled: false },
        // Monaco dims the last line's number below what can be read.
        renderFinalNewline: 'on',
        fontSize: 13,
        tabSize: 2,
        scrollBeyondLastLine: false,
        automaticLayout: true,
        fixedOverflowWidgets: true,
        ariaLabel: `Source of ${name}. Ctrl+M, then Tab to leave.`,
      }}
    />
  );
}

function applySchema(kind: DocumentKind): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    enableSchemaRequest: false,
    schemas: [{ uri: `lintel://schema/${kind}`, fileMatch: ['*'], schema: toDocumentJsonSchema(kind) }],
  });
}

function toMarker(model: monaco.editor.ITextModel, finding: Finding): monaco.editor.IMarkerData {
  const at = model.getPositionAt(findPointer(model.getValue(), finding.pointer));
  const severity = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  }[finding.severity];
  return {
    severity,
    message: finding.message,
    code: finding.code,
    startLineNumber: at.lineNumber,
    startColumn: at.column,
    endLineNumber: at.lineNumber,
    endColumn: model.getLineMaxColumn(at.lineNumber),
  };
}
