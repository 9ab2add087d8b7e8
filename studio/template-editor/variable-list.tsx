import { ActionIcon, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { TemplateDocument } from '../../schemas/ladder.ts';
import { Panel } from '../ui/page.tsx';
import { placeholderChoices } from './placeholders.ts';
import classes from './template-editor.module.css';

/** The placeholders a template may use. Writing one declares it; what no text uses any more can be taken out. */
export function VariableList({
  template,
  used,
  onChange,
}: {
  template: TemplateDocument;
  used: readonly string[];
  onChange: (variables: string[]) => void;
}) {
  const choices = placeholderChoices(template);
  const known = new Set(choices.map(({ path }) => path));
  return (
    <Panel title="Placeholders it may use">
      <ul className={classes['variables']}>
        {template.variables.map((path) => (
          <li key={path} data-unused={!used.includes(path) || undefined}>
            <code>{path}</code>
            <span>
              {known.has(path) ? choices.find((one) => one.path === path)?.meaning : 'no message can fill this in'}
              {used.includes(path) ? '' : ', not used'}
            </span>
            {used.includes(path) ? null : (
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={`Take out ${path}`}
                onClick={() => onChange(template.variables.filter((one) => one !== path))}
              >
                <IconX size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Select
        aria-label="Add a placeholder"
        placeholder="Add a placeholder"
        leftSection={<IconPlus size={13} />}
        searchable
        w={320}
        data={choices
          .filter(({ declared }) => !declared)
          .map(({ path, meaning }) => ({ value: path, label: `${meaning} (${path})` }))}
        value={null}
        onChange={(path) => path && onChange([...template.variables, path])}
      />
    </Panel>
  );
}
