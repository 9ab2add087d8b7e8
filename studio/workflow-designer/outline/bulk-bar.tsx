import { Button, Select, TextInput } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { ladderChoices, ownerChoices, taskTypeChoices } from '../node-choices.ts';
import type { DesignerState } from '../use-designer.ts';
import { bulkColumns, readForAll } from './cell-edits.ts';
import { type ColumnId, columns } from './columns.ts';
import classes from './outline.module.css';

/** What is done to several tasks at once; each is one step of the history. */
export function BulkBar({ designer }: { designer: DesignerState }) {
  const { chosen } = designer;
  if (chosen.length < 2) return null;
  return (
    <section className={classes['bulk']} aria-label="Chosen tasks">
      <strong>{chosen.length} tasks chosen</strong>
      <BulkForm designer={designer} />
      <span className={classes['spring']} />
      <Button variant="default" leftSection={<IconCopy size={14} />} onClick={designer.duplicate}>
        Duplicate
      </Button>
      <Button variant="default" leftSection={<IconTrash size={14} />} onClick={designer.remove}>
        Delete
      </Button>
    </section>
  );
}

const examples: Readonly<Partial<Record<ColumnId, string>>> = {
  estimate: '1wd/2wd/4wd',
  amber: '1wd',
  source: 'HA96 s189A',
};

/** One column of all chosen tasks set to the same value. */
function BulkForm({ designer }: { designer: DesignerState }) {
  const { workflow, configuration, chosen } = designer;
  const [column, setColumn] = useState<ColumnId>('owner');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string>();
  if (!workflow) return null;
  const title = columns.find(({ id }) => id === column)?.title ?? '';
  const choices = choicesOf(column, designer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const text = choices && !choices.some((choice) => choice.value === value) ? (choices[0]?.value ?? '') : value;
    const { commands, refused } = readForAll(chosen, column, text, { workflow, configuration });
    if (commands.length === 0 && refused.length > 0)
      return setProblem(`This fits none of them; write for example ${examples[column] ?? '5wd'}`);
    setProblem(undefined);
    const count = chosen.length - refused.length;
    designer.setAll(`Set ${title === 'SLA' ? title : title.toLowerCase()} of ${count} tasks`, commands);
    if (refused.length > 0) announce(`Set for ${count} tasks; ${refused.join(', ')} are not tasks with this field`);
  };
  return (
    <form className={classes['bulkForm']} onSubmit={submit}>
      <Select
        aria-label="What to set"
        size="xs"
        w={130}
        data={bulkColumns.map((id) => ({ value: id, label: columns.find((one) => one.id === id)?.title ?? id }))}
        value={column}
        onChange={(next) => {
          setColumn(next as ColumnId);
          setValue('');
          setProblem(undefined);
        }}
      />
      {choices ? (
        <Select
          aria-label={`New ${title.toLowerCase()}`}
          size="xs"
          data={choices}
          value={choices.some((choice) => choice.value === value) ? value : (choices[0]?.value ?? null)}
          onChange={(next) => setValue(next ?? '')}
        />
      ) : (
        <TextInput
          aria-label={`New ${title.toLowerCase()}`}
          size="xs"
          placeholder={examples[column] ?? '5wd'}
          value={value}
          error={problem}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit">Set for all</Button>
    </form>
  );
}

function choicesOf(column: ColumnId, { configuration }: DesignerState): { value: string; label: string }[] | undefined {
  switch (column) {
    case 'owner':
      return ownerChoices(configuration);
    case 'mandatory':
      return [
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ];
    case 'activation':
      return [
        { value: 'automatic', label: 'Automatic' },
        { value: 'manual', label: 'By hand' },
      ];
    case 'type':
      return [...taskTypeChoices];
    case 'ladder':
      return [{ value: '', label: 'As its task document' }, ...ladderChoices(configuration)];
    default:
      return undefined;
  }
}
