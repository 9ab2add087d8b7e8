import { Button, Checkbox, Group, Modal, ScrollArea, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { copiesOfTitle, type EditCommand, type EditResult, renameTitle, type TitleCopy } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { placeInWords } from '../words/place-words.ts';
import classes from './panels.module.css';

/** Another title, and with it the places that wrote the old one out, as one step; the key never changes (R6). */
export function RenameDialog({
  document,
  configuration,
  run,
  onClose,
}: {
  document: AnyDocument;
  configuration: Configuration;
  run: (command: EditCommand) => EditResult;
  onClose: () => void;
}) {
  const [copies] = useState(() => copiesOfTitle(configuration, document.kind, document.key));
  const [chosen, setChosen] = useState(() => new Set(copies.filter(({ isWhole }) => isWhole)));
  const [failure, setFailure] = useState<string>();
  const choose = (copy: TitleCopy, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(copy);
    else next.delete(copy);
    setChosen(next);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title')).trim();
    if (title === '') return setFailure('Write the new title.');
    const renaming = { kind: document.kind, key: document.key, title };
    const result = run(renameTitle(configuration, renaming, [...chosen]));
    if (!result.ok) return setFailure(result.refusal.message);
    announce(chosen.size > 0 ? `Renamed to ${title}, and in ${counted(chosen.size)}` : `Renamed to ${title}`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Rename ${document.title}`} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Title"
            name="title"
            required
            data-autofocus
            defaultValue={document.title}
            description={`The key ${document.key} stays: whatever names it by key shows the new title by itself.`}
            error={failure}
          />
          {copies.length > 0 ? (
            <fieldset className={classes['copies']}>
              <legend className={classes['heading']}>Change the old title here too</legend>
              <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
                <Stack gap={8}>
                  {copies.map((copy) => (
                    <Checkbox
                      key={`${copy.kind}/${copy.key}/${copy.path.join('/')}`}
                      label={`${titleOf(configuration, copy)}: ${placeInWords(`/${copy.path.join('/')}`)}`}
                      description={shorten(copy.text)}
                      checked={chosen.has(copy)}
                      onChange={(event) => choose(copy, event.currentTarget.checked)}
                    />
                  ))}
                </Stack>
              </ScrollArea.Autosize>
            </fieldset>
          ) : null}
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit">Rename</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const SHOWN = 140;

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function titleOf(configuration: Configuration, { kind, key }: TitleCopy): string {
  return configuration[kind][key]?.title ?? key;
}

function counted(places: number): string {
  return `${places} other ${places === 1 ? 'place' : 'places'}`;
}
