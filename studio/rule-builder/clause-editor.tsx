import { Button, Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import { type ClauseOp, comparisonsFor, type HalfClause, toClause, valueKind, withSubject } from './clause.ts';
import classes from './rule-tree.module.css';
import { type Subject, subjectGroups } from './subjects.ts';

/** The fields of one clause. What is half-written stays here; the tree hears of it when it says something whole. */
export function ClauseEditor({
  first,
  subjects,
  isNew,
  onChange,
  onDone,
}: {
  first: HalfClause;
  subjects: readonly Subject[];
  isNew: boolean;
  onChange: (clause: Condition) => void;
  onDone: () => void;
}) {
  const [half, setHalf] = useState(first);
  const whole = toClause(half);
  const change = (next: HalfClause) => {
    setHalf(next);
    const clause = toClause(next);
    if (clause && !isNew) onChange(clause);
  };
  const finish = () => {
    // What is added closes the fields itself and takes the focus along.
    if (isNew && whole) onChange(whole);
    else onDone();
  };
  const onKey = (event: KeyboardEvent) => {
    // In an open list Enter chooses and Escape closes it; elsewhere they end the clause.
    const field = event.target as HTMLElement;
    const isList = field.getAttribute('aria-haspopup') === 'listbox';
    const isOpen = field.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape' && !event.defaultPrevented && !isOpen) onDone();
    if (event.key === 'Enter' && !isList && whole && field.tagName === 'INPUT') finish();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Escape end what its fields hold; the buttons do the same
    <div className={classes['clause']} onKeyDown={onKey}>
      <Select
        label="Look at"
        autoFocus
        openOnFocus={false}
        className={classes['subject'] ?? ''}
        placeholder="A question, an outcome, a fact"
        searchable
        nothingFoundMessage="Nothing of that name"
        data={toGroups(subjects, half.subject)}
        value={half.subject?.id ?? null}
        onChange={(id) => {
          const subject = subjects.find((one) => one.id === id);
          if (subject) change(withSubject(half, subject));
        }}
      />
      {half.subject && half.subject.name === undefined ? (
        <>
          <Select
            label="Comparison"
            className={classes['comparison'] ?? ''}
            data={comparisonsFor(half.subject.type)}
            value={half.op ?? null}
            onChange={(op) => change({ ...half, op: op as ClauseOp })}
          />
          {half.op ? <ValueFields half={half} subject={half.subject} op={half.op} onChange={change} /> : null}
        </>
      ) : null}
      <Group gap="xs" className={classes['done'] ?? ''}>
        <Button variant={isNew ? 'filled' : 'default'} disabled={isNew && !whole} onClick={finish}>
          {isNew ? 'Add' : 'Done'}
        </Button>
        {isNew ? (
          <Button variant="subtle" onClick={onDone}>
            Cancel
          </Button>
        ) : null}
      </Group>
      {whole || isNew ? null : (
        <p className={classes['half']} role="status">
          Not whole yet: the rule keeps its last clause until it is.
        </p>
      )}
    </div>
  );
}

function ValueFields({
  half,
  subject,
  op,
  onChange,
}: {
  half: HalfClause;
  subject: Subject;
  op: ClauseOp;
  onChange: (half: HalfClause) => void;
}) {
  const number = (label: string, field: 'from' | 'to', isPlain = false) => {
    const isMoney = subject.type === 'money' && !isPlain;
    const value = half[field];
    return (
      <NumberInput
        label={label}
        className={classes['number'] ?? ''}
        {...(isMoney ? { prefix: '£', decimalScale: 2 } : {})}
        {...(isPlain ? { min: 0, allowDecimal: false } : {})}
        value={value === undefined ? '' : isMoney ? value / 100 : value}
        onChange={(next) => {
          const typed = typeof next === 'number' ? (isMoney ? Math.round(next * 100) : next) : undefined;
          onChange({ ...half, [field]: typed });
        }}
      />
    );
  };
  switch (valueKind(op)) {
    case 'none':
      return null;
    case 'one':
      return subject.options.length > 0 ? (
        <Select
          label="Value"
          className={classes['value'] ?? ''}
          searchable={subject.options.length > 8}
          data={subject.options}
          value={half.values[0] === undefined ? null : asKey(half.values[0])}
          onChange={(value) => onChange({ ...half, values: value === null ? [] : [value] })}
        />
      ) : (
        <TextInput
          label="Value"
          className={classes['value'] ?? ''}
          value={String(half.values[0] ?? '')}
          onChange={(event) => onChange({ ...half, values: [event.currentTarget.value] })}
        />
      );
    case 'many': {
      const shared = {
        label: 'Values',
        className: classes['values'] ?? '',
        value: half.values.map(asKey),
        onChange: (values: string[]) => onChange({ ...half, values }),
      };
      return subject.options.length > 0 ? (
        <MultiSelect {...shared} searchable data={subject.options} />
      ) : (
        <TagsInput {...shared} />
      );
    }
    case 'number':
      return number('Number', 'from');
    case 'range':
      return (
        <>
          {number('From', 'from')}
          {number('To', 'to')}
        </>
      );
    case 'days':
      return number('Days', 'from', true);
    case 'count':
      return number('How many', 'from', true);
    case 'date':
      return (
        <TextInput
          type="date"
          label="Date"
          className={classes['number'] ?? ''}
          value={half.date}
          onChange={(event) => onChange({ ...half, date: event.currentTarget.value })}
        />
      );
  }
}

/** Yes-no values may stand in a tree as true and false. */
function asKey(value: string | number | boolean): string {
  return value === true ? 'yes' : value === false ? 'no' : String(value);
}

function toGroups(subjects: readonly Subject[], chosen: Subject | undefined) {
  const all = chosen && !subjects.some(({ id }) => id === chosen.id) ? [chosen, ...subjects] : subjects;
  return subjectGroups
    .map((group) => ({
      group,
      items: all.filter((one) => one.group === group).map(({ id, label }) => ({ value: id, label })),
    }))
    .filter(({ items }) => items.length > 0);
}
