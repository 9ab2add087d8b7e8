import { Checkbox, Select } from '@mantine/core';
import type { TaskDocument } from '../../schemas/task.ts';
import { useEditor } from '../document-editor/editor.ts';
import { EntryList } from '../document-editor/entry-list.tsx';
import { TextField } from '../document-editor/field.tsx';
import { PartUses } from '../document-editor/part-uses.tsx';
import classes from './maintenance.module.css';

type Fields = TaskDocument['fields'];

const types: readonly { value: Fields[string]['type']; label: string }[] = [
  { value: 'text', label: 'A line of text' },
  { value: 'longText', label: 'A longer text' },
  { value: 'yesNo', label: 'Yes or no' },
  { value: 'choice', label: 'One of several options' },
  { value: 'multiChoice', label: 'Any of several options' },
  { value: 'number', label: 'A number' },
  { value: 'money', label: 'An amount of money' },
  { value: 'date', label: 'A date' },
  { value: 'time', label: 'A time of day' },
  { value: 'file', label: 'A file' },
  { value: 'person', label: 'A person' },
  { value: 'agency', label: 'An agency' },
];

/** What is written down on the task, each a field with a type. */
export function InformationFields({ fields }: { fields: Fields }) {
  const { set, document } = useEditor();
  return (
    <EntryList
      legend="Fields"
      one="field"
      none="Nothing is written down on this task beside notes."
      entries={fields}
      path={['fields']}
      blank={{ type: 'text', mandatory: false }}
    >
      {(field, path) => (
        <>
          <Select
            label="Holds"
            data={types}
            value={field.type}
            onChange={(type) => {
              if (!type) return;
              const isChoice = type === 'choice' || type === 'multiChoice';
              const { key: _, options, ...rest } = field;
              set(path, { ...rest, type, ...(isChoice ? { options: options ?? {} } : {}) });
            }}
          />
          <TextField label="Hint" path={[...path, 'hint']} optional />
          <div className={classes['ticks']}>
            <Checkbox
              label="Must be filled in before the task is complete"
              checked={field.mandatory}
              onChange={(event) => set([...path, 'mandatory'], event.currentTarget.checked)}
            />
            <Checkbox
              label="Sensitive: kept from lists and messages"
              checked={field.sensitive ?? false}
              onChange={(event) => set([...path, 'sensitive'], event.currentTarget.checked ? true : undefined)}
            />
          </div>
          {field.type === 'choice' || field.type === 'multiChoice' ? (
            <div data-wide>
              <EntryList
                legend={`Options of ${field.label}`}
                one="option"
                none="No option yet: nobody could choose."
                entries={field.options ?? {}}
                path={[...path, 'options']}
              />
            </div>
          ) : null}
          <PartUses part={{ task: document.key, field: field.key }} />
        </>
      )}
    </EntryList>
  );
}
