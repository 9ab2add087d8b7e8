import { Button, Checkbox, Group, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { Key } from '../../schemas/ids.ts';
import type { Channel, LadderDocument, Rung } from '../../schemas/ladder.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { Field } from '../document-editor/field.tsx';
import { MoveButtons, RemoveButton } from '../ui/entry-tools.tsx';
import { channelWords } from '../words/selector-words.ts';
import { PeriodField } from '../workflow-designer/period-field.tsx';
import classes from './ladder-designer.module.css';
import { RecipientField } from './recipient-field.tsx';
import { RungActions } from './rung-actions.tsx';
import { RungCondition } from './rung-condition.tsx';
import { rungInShort, triggerInWords } from './rung-words.ts';
import { TriggerField } from './trigger-field.tsx';

export interface RungCardProps {
  ladder: LadderDocument;
  configuration: Configuration;
  names: Readonly<Record<string, string>>;
  rung: Rung & { key: string };
  number: number;
  isOpen: boolean;
  onToggle: () => void;
  onField: (field: keyof Rung, value: unknown) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onRename: (key: string) => void;
}

/** One rung: a sentence while it is closed, every field of it when it is open. */
export function RungCard(props: RungCardProps) {
  const { ladder, configuration, rung, number, isOpen, onToggle, onMove, onRemove } = props;
  return (
    <li className={classes['rung']} data-open={isOpen || undefined}>
      <div className={classes['rungHead']}>
        <button
          type="button"
          className={classes['rungToggle']}
          aria-expanded={isOpen}
          data-rung-card={rung.key}
          data-place={`/rungs/${rung.key}`}
          onClick={onToggle}
        >
          {isOpen ? (
            <IconChevronDown size={15} aria-hidden="true" />
          ) : (
            <IconChevronRight size={15} aria-hidden="true" />
          )}
          <span className={classes['number']}>{number}</span>
          <span>
            <b>{rung.key}</b> {triggerInWords(rung.trigger)}
            <span className={classes['sub']}>
              {rungInShort(rung, configuration)} ·{' '}
              {rung.channels.map((channel) => channelWords[channel].toLowerCase()).join(', ')}
              {rung.repeat ? ` · again, at most ${rung.repeat.max} times` : ''}
              {rung.when ? ' · on a condition' : ''}
            </span>
          </span>
        </button>
        <Group gap={2} wrap="nowrap">
          <MoveButtons name={rung.key} at={number - 1} count={Object.keys(ladder.rungs).length} onMove={onMove} />
          <RemoveButton name={rung.key} onClick={onRemove} />
        </Group>
      </div>
      {isOpen ? <RungForm {...props} /> : null}
    </li>
  );
}

function RungForm({ ladder, configuration, names, rung, onField, onRename }: RungCardProps) {
  const path = ['rungs', rung.key];
  const templates = Object.values(configuration.template);
  const template = configuration.template[rung.template];
  return (
    <div className={classes['form']}>
      <RenameField ladder={ladder} rung={rung.key} onRename={onRename} />
      <Field path={[...path, 'trigger']}>
        <TriggerField
          ladder={ladder}
          rung={rung.key}
          trigger={rung.trigger}
          onChange={(trigger) => onField('trigger', trigger)}
        />
      </Field>
      <Field path={[...path, 'to']}>
        <RecipientField
          label="Who hears"
          error="Nobody yet: the fallback hears instead."
          configuration={configuration}
          names={names}
          value={rung.to}
          onChange={(to) => onField('to', to)}
        />
      </Field>
      <Field path={[...path, 'channels']}>
        <Checkbox.Group
          label="How they hear"
          value={rung.channels}
          onChange={(channels) => channels.length > 0 && onField('channels', channels as Channel[])}
          description={
            rung.channels.length === 1 ? 'At least one: add another before you take this one out.' : undefined
          }
        >
          <Group gap="md" mt={6}>
            {(Object.keys(channelWords) as Channel[]).map((channel) => (
              <Checkbox key={channel} value={channel} label={channelWords[channel]} />
            ))}
          </Group>
        </Checkbox.Group>
      </Field>
      <Field path={[...path, 'template']}>
        <Group gap="sm" align="end">
          <Select
            label="In the words of template"
            searchable
            w={280}
            data={[
              ...templates.map(({ key, title }) => ({ value: key, label: `${title} (${key})` })),
              ...(template ? [] : [{ value: rung.template, label: `${rung.template} (deleted)` }]),
            ]}
            value={rung.template}
            error={template ? undefined : 'There is no such template: choose another. Until then plain words are sent.'}
            onChange={(key) => key && onField('template', key)}
          />
          {template ? (
            <span className={classes['beside']}>
              <DocumentLink document={template}>Open the template</DocumentLink>
            </span>
          ) : null}
        </Group>
      </Field>
      <Field path={[...path, 'actions']}>
        <RungActions
          rung={rung.key}
          actions={rung.actions}
          configuration={configuration}
          onChange={(actions) => onField('actions', actions)}
        />
      </Field>
      <RepeatField rung={rung} onField={onField} />
      <RungCondition ladder={ladder} configuration={configuration} rung={rung} onField={onField} />
      <Switch
        label="Urgent: goes out in quiet hours too"
        checked={rung.urgent ?? ladder.urgent ?? false}
        disabled={ladder.urgent === true && rung.urgent === undefined}
        description={ladder.urgent && rung.urgent === undefined ? 'The whole ladder is urgent.' : undefined}
        onChange={(event) => onField('urgent', event.currentTarget.checked || undefined)}
      />
      <Field path={[...path, 'fallback']}>
        <RecipientField
          label="If nobody of these can be found"
          description="Before the fallback of the ladder."
          configuration={configuration}
          names={names}
          value={rung.fallback ?? []}
          onChange={(fallback) => onField('fallback', fallback.length > 0 ? fallback : undefined)}
        />
      </Field>
    </div>
  );
}

function RepeatField({ rung, onField }: Pick<RungCardProps, 'rung' | 'onField'>) {
  const { repeat } = rung;
  return (
    <Field path={['rungs', rung.key, 'repeat']}>
      <Group gap="sm" align="end" wrap="wrap">
        <Switch
          label="Again while it is outstanding"
          checked={repeat !== undefined}
          onChange={(event) =>
            onField(
              'repeat',
              event.currentTarget.checked ? { every: { value: 1, unit: 'workingDays' }, max: 3 } : undefined,
            )
          }
        />
        {repeat ? (
          <>
            <PeriodField
              label="Every"
              place={`/rungs/${rung.key}/repeat/every`}
              period={repeat.every}
              onChange={(every) => onField('repeat', { ...repeat, every })}
            />
            <NumberInput
              label="At most (with the first)"
              w={150}
              min={1}
              max={20}
              clampBehavior="strict"
              allowDecimal={false}
              value={repeat.max}
              onChange={(max) => typeof max === 'number' && max >= 1 && onField('repeat', { ...repeat, max })}
            />
          </>
        ) : null}
      </Group>
    </Field>
  );
}

function RenameField({
  ladder,
  rung,
  onRename,
}: {
  ladder: LadderDocument;
  rung: string;
  onRename: (key: string) => void;
}) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? rung;
  const isTaken =
    text !== rung && Object.keys(ladder.rungs).some((key) => key !== rung && key.toLowerCase() === text.toLowerCase());
  const problem = isTaken
    ? 'Another rung has this name.'
    : Key.safeParse(text).success
      ? undefined
      : 'Letters, digits, - and _.';
  return (
    <Group gap="sm" align="end">
      <TextInput
        label="Name of the rung"
        w={220}
        value={text}
        error={draft === undefined ? undefined : problem}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && !problem && text !== rung && onRename(text)}
      />
      {draft === undefined || problem || text === rung ? null : (
        <Button variant="default" onClick={() => onRename(text)}>
          Rename
        </Button>
      )}
    </Group>
  );
}
