import { Button, Select, TextInput } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { ladderChoices, ownerChoices, taskTypeChoices } from '../node-choices.ts';
import type { DesignerState } from '../use-designer.ts';
import { type BulkField, bulkFields, readForAll } from './cell-edits.ts';
import { columns } from './columns.ts';
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

const examples: Readonly<Partial<Record<BulkField, string>>> = {
  estimate: '1wd/2wd/4wd',
  amber: '1wd',
  lag: '+2wd, -4h, 0',
  source: 'HA96 s189A',
};

/** One column of all chosen tasks, or the lag of the links into them, set to the same value. */
function BulkForm({ designer }: { designer: DesignerState }) {
  const { workflow, configuration, chosen } = designer;
  const [field, setField] = useState<BulkField>('owner');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string>();
  if (!workflow) return null;
  const title = titleOf(field);
  const choices = choicesOf(field, designer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const text = choices && !choices.some((choice) => choice.value === value) ? (choices[0]?.value ?? '') : value;
    const { commands, done, refused, reason } = readForAll(chosen, field, text, { workflow, configuration });
    if (commands.length === 0 && refused.length > 0) {
      const hint = choices ? '' : `; write for example ${examples[field] ?? '5wd'}`;
      const why = reason ?? `This fits none of them${hint}`;
      announce(why);
      return setProblem(why);
    }
    setProblem(undefined);
    const without = field === 'lag' ? 'come after nothing' : 'are not tasks with this field';
    const leftOut = refused.length > 0 ? `${refused.join(', ')} ${without}` : '';
    designer.setAll(`Set ${title === 'SLA' ? title : title.toLowerCase()} ${done}`, commands, leftOut);
  };
  return (
    <form className={classes['bulkForm']} onSubmit={submit}>
      <Select
        aria-label="What to set"
        size="xs"
        w={130}
        data={bulkFields.map((id) => ({ value: id, label: titleOf(id) }))}
        value={field}
        onChange={(next) => {
          setField(next as BulkField);
          setValue('');
          setProblem(undefined);
        }}
      />
      {choices ? (
        <Select
          aria-label={`New ${title.toLowerCase()}`}
          size="xs"
          data={choices}
          error={problem}
          value={choices.some((choice) => choice.value === value) ? value : (choices[0]?.value ?? null)}
          onChange={(next) => setValue(next ?? '')}
        />
      ) : (
        <TextInput
          aria-label={`New ${title.toLowerCase()}`}
          size="xs"
          placeholder={examples[field] ?? '5wd'}
          value={value}
          error={problem}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit">Set for all</Button>
    </form>
  );
}

function titleOf(field: BulkField): string {
  return field === 'lag' ? 'Lag' : (columns.find(({ id }) => id === field)?.title ?? field);
}

function choicesOf(field: BulkField, { configuration }: DesignerState): { value: string; label: string }[] | undefined {
  switch (field) {
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
