import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { CellRead } from './cell-edits.ts';
import type { CellEditor } from './columns.ts';
import classes from './outline.module.css';

/** Where the focus goes once a cell is done. */
export type AfterEdit = 'stay' | 'next' | 'previous' | 'below' | 'nowhere';

export interface CellInputProps {
  label: string;
  editor: CellEditor;
  /** Reads what stands in the field, without doing anything. */
  read: (text: string) => CellRead;
  onDone: (text: string, after: AfterEdit) => void;
  onCancel: () => void;
}

/** The field of one cell; what cannot be read is said below it, with the reason, and stays to be put right. */
export function CellInput({ label, editor, read, onDone, onCancel }: CellInputProps) {
  const [text, setText] = useState(editor.as === 'switch' ? String(editor.value) : editor.value);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const leaving = useRef(false);
  // A list that is walked by keys changes at every step: only a press of the mouse means "this one".
  const isByKey = useRef(false);
  const id = useId();
  useEffect(() => {
    field.current?.focus();
    if (field.current instanceof HTMLInputElement) field.current.select();
  }, []);
  const answer = read(text);
  const reasons = answer.ok ? [] : answer.reasons;
  const finish = (after: AfterEdit, value = text) => {
    if (leaving.current) return;
    const now = read(value);
    setTried(true);
    if (!now.ok) return;
    leaving.current = true;
    onDone(value, after);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    isByKey.current = true;
    const after: Record<string, AfterEdit> = { Enter: 'stay', Tab: event.shiftKey ? 'previous' : 'next' };
    if (event.key === 'Escape') {
      leaving.current = true;
      event.preventDefault();
      onCancel();
    } else if (after[event.key]) {
      event.preventDefault();
      finish(after[event.key] ?? 'stay');
    }
  };
  const shown = reasons.length > 0 && (tried || text !== (editor.as === 'text' ? editor.value : ''));
  const common = {
    ref: field,
    className: classes['field'],
    'aria-label': label,
    'aria-invalid': shown || undefined,
    'aria-describedby': `${id}-says`,
    onKeyDown,
    onBlur: () => finish('nowhere'),
  };
  return (
    <>
      {editor.as === 'choice' ? (
        <select
          {...common}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            if (!isByKey.current) finish('stay', event.currentTarget.value);
          }}
          onMouseDown={() => {
            isByKey.current = false;
          }}
        >
          {editor.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setTried(false);
            setText(event.currentTarget.value);
          }}
        />
      )}
      <div
        id={`${id}-says`}
        className={classes['says']}
        data-bad={shown || undefined}
        hidden={!shown && !(editor.as === 'text' && editor.hint !== '')}
        role={tried && shown ? 'alert' : undefined}
      >
        {shown ? reasons.map((reason) => <p key={reason}>{reason}</p>) : editor.as === 'text' ? editor.hint : null}
      </div>
    </>
  );
}
