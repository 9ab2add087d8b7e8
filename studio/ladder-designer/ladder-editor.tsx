import { Button, Group, Menu, Select, Stack, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { LadderDocument, Trigger } from '../../schemas/ladder.ts';
import { calendarsOf, findDeadSelectors, readMoment, zoneOf } from '../document/time-engine.ts';
import { namesOf, usePeople } from '../document/use-people.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { announce } from '../ui/announcer.tsx';
import { Panel } from '../ui/page.tsx';
import { dateInWords, todayOn } from '../words/date-words.ts';
import { PeriodField } from '../workflow-designer/period-field.tsx';
import { DeadEnds } from './dead-ends.tsx';
import { LadderAxis } from './ladder-axis.tsx';
import classes from './ladder-designer.module.css';
import { RecipientField } from './recipient-field.tsx';
import { RungCard } from './rung-card.tsx';
import { addRung, firstTrigger, moveRung, removeRung, renameRung, setRung } from './rung-edits.ts';
import { rungsOf, triggerInWords, triggersFor, triggerWords } from './rung-words.ts';
import { type StoryItem, storyItems } from './story-items.ts';
import { StoryboardPanel } from './storyboard-panel.tsx';
import { tryTellItem } from './tell-item.ts';

/** How far the axis looks ahead. */
const AXIS_DAYS = 200;

/** The ladder designer: the rungs on a time axis, each rung's fields, and the storyboard. */
export default function LadderEditor({ document: ladder, configuration, run, set, sentTo }: EditorProps<'ladder'>) {
  const { directory, isSample } = usePeople(configuration);
  const names = useMemo(() => namesOf(directory), [directory]);
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    const [, part, key] = sentTo?.pointer.split('/') ?? [];
    if (part === 'rungs' && key) setOpen(key);
  }, [sentTo]);
  const [selected, setSelected] = useState<string>();
  const [start, setStart] = useState(() => `${todayOn()}T09:00`);
  const items = useMemo(() => storyItems(ladder, configuration), [ladder, configuration]);
  const [chosen, setChosen] = useState<StoryItem>();
  const item = chosen ?? items[0];
  const idle = useIdle({ ladder, configuration, item, start, directory });
  const dead = useMemo(
    () =>
      findDeadSelectors(ladder, {
        directory,
        teams: configuration.team,
        allowedEmailDomains: Object.values(configuration.settings)[0]?.allowedEmailDomains ?? [],
        owner: Object.keys(directory.users)[0] ?? null,
        at: readMoment(start, zoneOf(configuration)) ?? 0,
      }),
    [ladder, directory, configuration, start],
  );
  const setTrigger = (key: string, trigger: Trigger) => {
    if (run(setRung(ladder, key, 'trigger', trigger)).ok) announce(`${key} ${triggerInWords(trigger)}`);
  };
  const openRung = (key: string) => {
    setOpen(key);
    focusLater(`[data-rung-card="${key}"]`);
  };
  const add = (on: Trigger['on']) => {
    const { key, command } = addRung(ladder, firstTrigger(ladder, on), Object.keys(configuration.template));
    if (!run(command).ok) return;
    announce(`Added rung ${key}`);
    setSelected(key);
    openRung(key);
  };
  const remove = (key: string) => {
    const keys = rungsOf(ladder).map((rung) => rung.key);
    const next = keys[keys.indexOf(key) + 1] ?? keys[keys.indexOf(key) - 1];
    if (!run(removeRung(ladder, key)).ok) return;
    announce(`Deleted rung ${key}`);
    if (next) focusLater(`[data-rung="${next}"]`);
  };
  const move = (key: string, by: -1 | 1) => {
    const command = moveRung(ladder, key, by);
    if (command && run(command).ok) announce(`Moved ${key} ${by < 0 ? 'up' : 'down'}`);
  };
  const rename = (key: string, to: string) => {
    const command = renameRung(ladder, key, to);
    if (command && run(command).ok) openRung(to);
  };
  const calendar = item && calendarsOf(configuration)[ladder.calendar ?? item.sla.target.calendar ?? item.calendar];
  return (
    <Stack gap="md" p="md">
      <Panel title="On the time axis" actions={<AddRung ladder={ladder} onAdd={add} />}>
        {item && idle && 'story' in idle && calendar ? (
          <>
            <p className={classes['note']}>
              As for “{item.title}” begun {dateInWords(start.slice(0, 10))} at {start.slice(11, 16)} and left alone.
              Choose other work and another start in the storyboard.
            </p>
            <LadderAxis
              ladder={ladder}
              configuration={configuration}
              idle={idle.story}
              calendar={calendar}
              selected={selected}
              onSelect={setSelected}
              onOpen={openRung}
              onTrigger={setTrigger}
              onMove={move}
              onRemove={remove}
            />
          </>
        ) : (
          <p className={classes['error']}>{idle && 'problem' in idle ? idle.problem : 'Choose a calendar first.'}</p>
        )}
        <DeadEnds dead={dead} configuration={configuration} onOpen={openRung} />
      </Panel>
      <Panel title={`Rungs (${Object.keys(ladder.rungs).length})`} flush>
        <ol className={classes['rungs']}>
          {rungsOf(ladder).map((rung, at) => (
            <RungCard
              key={rung.key}
              ladder={ladder}
              configuration={configuration}
              names={names}
              rung={rung}
              number={at + 1}
              isOpen={open === rung.key}
              onToggle={() => setOpen(open === rung.key ? undefined : rung.key)}
              onField={(field, value) => run(setRung(ladder, rung.key, field, value))}
              onMove={(by) => move(rung.key, by)}
              onRemove={() => remove(rung.key)}
              onRename={(to) => rename(rung.key, to)}
            />
          ))}
        </ol>
        <div className={classes['foot']}>
          <AddRung ladder={ladder} onAdd={add} />
        </div>
      </Panel>
      <LadderSettings ladder={ladder} configuration={configuration} names={names} set={set} />
      {item ? (
        <StoryboardPanel
          ladder={ladder}
          configuration={configuration}
          items={items}
          directory={directory}
          isSampleDirectory={isSample}
          firstStart={start}
          onStart={setStart}
          item={item}
          onItem={setChosen}
        />
      ) : null}
    </Stack>
  );
}

/** The ladder on work that nobody touches, every condition taken as true: where the axis draws each rung. */
function useIdle({
  ladder,
  configuration,
  item,
  start,
  directory,
}: {
  ladder: LadderDocument;
  configuration: EditorProps['configuration'];
  item: StoryItem | undefined;
  start: string;
  directory: ReturnType<typeof usePeople>['directory'];
}) {
  const asked = useDeferredValue(ladder);
  return useMemo(() => {
    const startedAt = readMoment(start, zoneOf(configuration));
    if (!item || startedAt === undefined) return undefined;
    return tryTellItem(configuration, asked, calendarsOf(configuration), {
      item,
      owner: Object.keys(directory.users)[0] ?? null,
      startedAt,
      until: startedAt + AXIS_DAYS * 86_400,
      directory,
      allHold: true,
    });
  }, [asked, configuration, item, start, directory]);
}

function AddRung({ ladder, onAdd }: { ladder: LadderDocument; onAdd: (on: Trigger['on']) => void }) {
  const choices = triggersFor(ladder.subject).filter((on) => on !== 'followOn' || Object.keys(ladder.rungs).length > 0);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={13} />}>
          Add a rung
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((on) => (
          <Menu.Item key={on} onClick={() => onAdd(on)}>
            {triggerWords[on]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function LadderSettings({
  ladder,
  configuration,
  names,
  set,
}: Pick<EditorProps<'ladder'>, 'configuration' | 'set'> & {
  ladder: LadderDocument;
  names: Readonly<Record<string, string>>;
}) {
  return (
    <Panel title="The whole ladder">
      <Stack gap="md">
        <Group gap="md" align="end" wrap="wrap">
          <Field path={['subject']}>
            <Select
              label="Watches"
              w={190}
              data={[
                { value: 'task', label: 'Tasks' },
                { value: 'case', label: 'Cases' },
                { value: 'clock', label: 'Statutory clocks' },
              ]}
              value={ladder.subject}
              onChange={(subject) => subject && set(['subject'], subject)}
            />
          </Field>
          <Field path={['calendar']}>
            <Select
              label="Waits are counted in"
              w={250}
              data={[
                { value: '', label: 'The calendar of the work' },
                ...Object.values(configuration.calendar).map(({ key, title }) => ({ value: key, label: title })),
                ...(ladder.calendar && !configuration.calendar[ladder.calendar]
                  ? [{ value: ladder.calendar, label: `${ladder.calendar} (deleted)` }]
                  : []),
              ]}
              value={ladder.calendar ?? ''}
              onChange={(calendar) => (calendar ? set(['calendar'], calendar) : set(['calendar']))}
            />
          </Field>
          <Field path={['ack', 'holdFor']}>
            <PeriodField
              label="Acknowledged for"
              place="/ack/holdFor"
              period={ladder.ack.holdFor}
              onChange={(holdFor) => set(['ack', 'holdFor'], holdFor)}
            />
          </Field>
        </Group>
        <Switch
          label="Urgent: every rung goes out in quiet hours too"
          checked={ladder.urgent ?? false}
          onChange={(event) => (event.currentTarget.checked ? set(['urgent'], true) : set(['urgent']))}
        />
        <Field path={['fallback']}>
          <RecipientField
            label="If nobody can be found"
            description="Who hears when a rung reaches nobody: a ladder cannot be published without."
            configuration={configuration}
            names={names}
            value={ladder.fallback}
            error="Nobody yet: choose who hears when nobody else does."
            onChange={(fallback) => set(['fallback'], fallback)}
          />
        </Field>
      </Stack>
    </Panel>
  );
}

/** After the page has drawn what was added. */
function focusLater(selector: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus()));
}
