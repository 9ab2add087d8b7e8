import { Button, Textarea, type TextareaProps, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { atPointer, toPointer } from '../../schemas/shape.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';
import { SeverityBadge } from '../ui/states.tsx';
import { useEditor } from './editor.ts';
import classes from './field.module.css';
import { RepairMissing } from './repair-missing.tsx';

/** A part of the editor that stands for a place of the document: findings about it, or about anything below it, are shown beside it. */
export function Field({
  path,
  own = false,
  notes = true,
  children,
}: {
  path: readonly string[];
  /** Only findings about this very place: those below it have fields of their own. */
  own?: boolean;
  /** Whether notes are shown too, which hold nothing up. */
  notes?: boolean;
  children: ReactNode;
}) {
  const place = toPointer(path);
  const { findings, run } = useEditor();
  const here = findings.filter(
    ({ pointer, severity }) =>
      (pointer === place || (!own && pointer.startsWith(`${place}/`))) && (notes || severity !== 'info'),
  );
  return (
    <div className={classes['field']} data-place={place}>
      {children}
      <PlaceFindings findings={here} onFix={run} />
    </div>
  );
}

/** Sentences of findings under the field they are about, each with its fix when it has one. */
export function PlaceFindings({
  findings,
  onFix,
}: {
  findings: readonly Finding[];
  onFix: (command: EditCommand) => void;
}) {
  if (findings.length === 0) return null;
  return (
    <ul className={classes['findings']}>
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.pointer} ${finding.message}`}>
          <SeverityBadge severity={finding.severity} />
          <span>{finding.message}</span>
          {finding.fix ? (
            <Button variant="default" size="compact-xs" onClick={() => onFix(finding.fix as unknown as EditCommand)}>
              Put right
            </Button>
          ) : (
            <RepairMissing finding={finding} />
          )}
        </li>
      ))}
    </ul>
  );
}

export interface TextFieldProps extends Pick<TextareaProps, 'description' | 'placeholder' | 'maw'> {
  label: string;
  path: readonly string[];
  /** Emptied, the field is taken out of the document; else the last text stays until there is a new one. */
  optional?: boolean;
  lines?: number;
  type?: 'text' | 'date';
}

/** A text of the document. What the document cannot take stays in the field, with the reason, and nowhere else. */
export function TextField({ label, path, optional = false, lines = 1, type = 'text', ...props }: TextFieldProps) {
  const { document, set } = useEditor();
  const stored = String(atPointer(document, toPointer(path)) ?? '');
  const [refused, setRefused] = useState<{ text: string; why: string; over: string }>();
  // Undo or another view changed it meanwhile: the refused text is out of date.
  const kept = refused?.over === stored ? refused : undefined;
  const change = (text: string) => {
    const result = text === '' && optional ? set(path) : set(path, text);
    setRefused(result.ok ? undefined : { text, why: reasonOf(result, text), over: stored });
  };
  const shared = { ...props, label, value: kept?.text ?? stored, error: kept?.why, withAsterisk: false };
  return (
    <Field path={path}>
      {lines > 1 ? (
        <Textarea
          {...shared}
          autosize
          minRows={lines}
          maxRows={24}
          onChange={(event) => change(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} type={type} onChange={(event) => change(event.currentTarget.value)} />
      )}
    </Field>
  );
}

/** Why a value was refused, in the words of a field. */
export function reasonOf(result: EditResult, text: unknown): string {
  if (result.ok) return '';
  if (text === '') return 'Write something: until then the last text stays.';
  const [first] = (result.refusal.values['findings'] ?? []) as Finding[];
  return first ? `Expected ${String(first.values['expected'] ?? 'something else')}.` : result.refusal.message;
}
