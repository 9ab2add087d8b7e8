import { Button, useComputedColorScheme } from '@mantine/core';
import { Editor } from '@monaco-editor/react';
import { useEffect, useId, useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import { inspectText, layOutCondition, parseCondition, printCondition, type Vocabulary } from '../document/engine.ts';
import type { monaco } from '../source-editor/monaco.ts';
import { textSize } from '../ui/text-size.ts';
import classes from './condition-editor.module.css';
import { CONDITION_LANGUAGE, markProblems, setVocabulary } from './language.ts';

export interface ConditionEditorProps {
  /** Name people and screen readers know the condition by. */
  label: string;
  /** None yet: the text begins empty. */
  condition: Condition | undefined;
  vocabulary: Vocabulary;
  /** Told every time the text can be read; text that cannot stays here. */
  onChange: (condition: Condition) => void;
  /** Where text that cannot be read yet outlives the page. */
  kept?: KeptText | undefined;
}

/** Text that is no condition yet: read once, kept while it stays so. */
export interface KeptText {
  text: string | undefined;
  keep: (text: string | undefined) => void;
}

/** A condition as text (A3): highlighted, completed from the form's questions and options, explained, checked, formatted. */
export default function ConditionEditor({ label, condition, vocabulary, onChange, kept }: ConditionEditorProps) {
  const scheme = useComputedColorScheme('light');
  const id = useId();
  const [text, setText] = useState(() => kept?.text ?? textOf(condition));
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>();
  const model = editor?.getModel();
  useEffect(() => {
    if (model) setVocabulary(model, vocabulary);
  }, [model, vocabulary]);
  useEffect(() => {
    // Undo and other views change the condition from outside; while somebody types here, the text leads.
    if (editor && !editor.hasTextFocus() && !says(editor.getValue(), condition)) editor.setValue(textOf(condition));
  }, [editor, condition]);
  const problems = text.trim() === '' ? [] : inspectText(text, vocabulary);
  const change = (next: string) => {
    setText(next);
    if (model) markProblems(model);
    const parsed = parseCondition(next);
    kept?.keep('condition' in parsed || next.trim() === '' ? undefined : next);
    if ('condition' in parsed) onChange(parsed.condition);
  };
  const isHeld = text.trim() !== '' && 'problem' in parseCondition(text);
  return (
    <section className={classes['field']} aria-label={label}>
      <div className={classes['editor']}>
        <Editor
          path={`condition://${id}`}
          language={CONDITION_LANGUAGE}
          theme={scheme === 'dark' ? 'vs-dark' : 'vs'}
          // Not controlled: a value that lags behind fast typing would take letters back.
          defaultValue={text}
          onChange={(next) => next !== undefined && change(next)}
          onMount={setEditor}
          options={{
            ...options,
            fontSize: textSize(14),
            ariaLabel: `${label}. Ctrl+M, then Tab to leave; Shift+Alt+F puts it in order.`,
          }}
        />
      </div>
      <output className={classes['problems']}>
        {text.trim() === '' ? 'Nothing written yet' : problems.length === 0 ? 'No problems' : null}
        {problems.map((problem) => (
          <span key={`${problem.from} ${problem.message}`} data-severity={problem.severity}>
            {problem.severity === 'error' ? 'Error' : 'Warning'}, {placeOf(text, problem.from)}: {problem.message}
          </span>
        ))}
      </output>
      {isHeld ? (
        <p className={classes['held']}>
          This cannot be read yet. It is kept here; the rule stays as it last was.
          <Button variant="default" size="compact-xs" onClick={() => editor?.setValue(textOf(condition))}>
            Go back to the rule
          </Button>
        </p>
      ) : null}
    </section>
  );
}

const options = {
  minimap: { enabled: false },
  lineNumbers: 'off',
  folding: false,
  wordWrap: 'on',
  scrollBeyondLastLine: false,
  automaticLayout: true,
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, comments: false, strings: false },
  wordBasedSuggestions: 'off',
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
  padding: { top: 8, bottom: 8 },
} satisfies monaco.editor.IStandaloneEditorConstructionOptions;

function textOf(condition: Condition | undefined): string {
  return condition ? layOutCondition(condition) : '';
}

/** Whether a text is the condition, or cannot be read and so waits to be put right. */
function says(text: string, condition: Condition | undefined): boolean {
  if (!condition) return text.trim() === '';
  const parsed = parseCondition(text);
  return 'problem' in parsed || printCondition(parsed.condition) === printCondition(condition);
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
