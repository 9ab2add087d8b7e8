import { ActionIcon } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconBooks,
  IconCornerDownRight,
  IconEyeOff,
  IconGripVertical,
} from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { FormDocument } from '../../schemas/form.ts';
import type { Question, Vocabulary } from '../document/engine.ts';
import { Field } from '../document-editor/field.tsx';
import { namesOf } from '../rule-builder/names.ts';
import { Badge } from '../ui/badge.tsx';
import { describeCondition } from '../words/condition-words.ts';
import classes from './form-designer.module.css';
import { decidedBy, type PlacedQuestion } from './form-edits.ts';
import { QuestionFields } from './question-fields.tsx';
import { typeWords } from './type-words.ts';

export interface QuestionRowProps {
  form: FormDocument;
  placed: PlacedQuestion;
  /** With what the library says of it. */
  question: Question | undefined;
  vocabulary: Vocabulary;
  number: number;
  isOpen: boolean;
  /** Whether the answers tried come past it. */
  isAsked: boolean;
  isDragged: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onDrag: (key: string | undefined) => void;
  onDrop: () => void;
}

/** One question with the way to it: on the main way when it is always asked, beside it with its condition when not. */
export function QuestionRow(props: QuestionRowProps) {
  const { form, placed, question, vocabulary, number, isOpen, isAsked, isDragged, onOpen, onMove, onDrag, onDrop } =
    props;
  const { key, shownWhen } = placed;
  const label = question?.label ?? key;
  const decides = decidedBy(form, key);
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li
      className={classes['row']}
      data-route={shownWhen ? 'exception' : 'default'}
      data-asked={isAsked}
      data-dragged={isDragged || undefined}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
    >
      {shownWhen ? (
        <p className={classes['only']}>
          <IconCornerDownRight size={14} aria-hidden="true" /> Only when{' '}
          {describeCondition(shownWhen, namesOf(vocabulary, []))}
        </p>
      ) : null}
      <Field path={['questions', key]} own notes={isOpen}>
        <div className={classes['card']}>
          <div className={classes['line']}>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging has its twins in the buttons beside it and in Alt+arrows */}
            <span
              className={classes['grip']}
              draggable
              title="Drag to another place"
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', key);
                onDrag(key);
              }}
              onDragEnd={() => onDrag(undefined)}
            >
              <IconGripVertical size={15} aria-hidden="true" />
            </span>
            <button
              type="button"
              className={classes['question']}
              aria-expanded={isOpen}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onClick={onOpen}
              onKeyDown={onKey}
            >
              <span className={classes['number']}>{number}</span>
              <span>
                {label} <span className={classes['key']}>{key}</span>
              </span>
            </button>
            <span className={classes['badges']}>
              <Badge>{typeWords[question?.type ?? 'text']}</Badge>
              {placed.library ? <Badge icon={<IconBooks size={12} />}>Library</Badge> : null}
              {isAsked ? null : <Badge icon={<IconEyeOff size={12} />}>Not asked with these answers</Badge>}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Move ${label} up`}
                onClick={() => onMove(-1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Move ${label} down`}
                onClick={() => onMove(1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </span>
          </div>
          {decides.length > 0 ? (
            <p className={classes['decides']}>
              Its answer decides whether{' '}
              {decides
                .map((other) => vocabulary.questions.get(other)?.label ?? other)
                .map((one) => `“${one}”`)
                .join(', ')}{' '}
              {decides.length === 1 ? 'is' : 'are'} asked.
            </p>
          ) : null}
          {isOpen ? <QuestionFields form={form} placed={placed} vocabulary={vocabulary} onClosed={onOpen} /> : null}
        </div>
      </Field>
    </li>
  );
}
