import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { atPointer, toPointer } from '../../schemas/shape.ts';
import { useEditor } from './editor.ts';
import { Field, reasonOf } from './field.tsx';

/** A value of no fixed shape, as JSON; what cannot be read yet stays in the field, with the reason, and nowhere else. */
export function AnyValueField({ label, path }: { label: string; path: readonly string[] }) {
  const { document, set } = useEditor();
  const stored = JSON.stringify(atPointer(document, toPointer(path)), undefined, 2);
  const [draft, setDraft] = useState<{ text: string; over: string; why?: string }>();
  // Undo or another view changed it meanwhile: the text is out of date.
  const kept = draft?.over === stored ? draft : undefined;
  const change = (text: string) => {
    const value = readJson(text);
    if (value === undefined) return setDraft({ text, over: stored, why: 'This is no JSON yet; the last value stays.' });
    const result = set(path, value);
    // As it was typed, not as it would be written anew under the cursor.
    if (result.ok) setDraft({ text, over: JSON.stringify(value, undefined, 2) });
    else setDraft({ text, over: stored, why: reasonOf(result, text) });
  };
  return (
    <Field path={path}>
      <Textarea
        label={label}
        autosize
        maxRows={24}
        spellCheck={false}
        value={kept?.text ?? stored}
        error={kept?.why}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </Field>
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
