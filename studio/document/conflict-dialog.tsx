import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import { announce } from '../ui/announcer.tsx';
import { nameInWords } from '../words/kind-words.ts';
import { placeInWords } from '../words/place-words.ts';
import type { Conflict } from './autosave.ts';
import classes from './conflict-dialog.module.css';
import { useDraft, useOpenDraft } from './draft-context.tsx';
import { diffDocument, valueWords } from './engine.ts';
import { type Clash, mergeDocuments, type Side } from './merging.ts';
import { Sentences } from './sentences.tsx';
import { settleConflict } from './settle-conflict.ts';

/** Two people changed one document: what each did, and whose stands where both touched the same place. */
export function ConflictDialog({
  conflict,
  opened,
  onClose,
}: {
  conflict: Conflict;
  opened: boolean;
  onClose: () => void;
}) {
  const draft = useOpenDraft();
  const { configuration } = useDraft().content;
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const [refusal, setRefusal] = useState<string>();
  const [kind, key] = conflict.name.split('/') as [DocumentKind, string];
  const mine = configuration[kind]?.[key] as AnyDocument | undefined;
  const [base, theirs] = [conflict.base, conflict.theirs?.body] as (AnyDocument | undefined)[];
  const merged = mergeDocuments(base, mine, theirs, choices);
  const isOpenClash = merged.clashes.some(({ pointer }) => choices[pointer] === undefined);
  const settle = (document: AnyDocument | undefined, label: string) => {
    const refused = settleConflict(draft, conflict, document, label);
    setRefusal(refused);
    announce(refused === undefined ? label : `Not done: ${refused}`);
  };
  const title = mine?.title ?? theirs?.title ?? conflict.name;
  return (
    <Modal opened={opened} onClose={onClose} title={`Two people changed ${title}`} size="lg">
      <Stack gap="md">
        <p className={classes['none']} tabIndex={-1} data-autofocus>
          Somebody else saved {nameInWords(conflict.name)} after you opened it. Nothing of yours is lost: it is not sent
          until you choose.
        </p>
        <div className={classes['sides']}>
          <section>
            <h3>What you changed</h3>
            <Sentences diff={diffDocument(base, mine)} />
          </section>
          <section>
            <h3>What they changed</h3>
            <Sentences diff={diffDocument(base, theirs)} />
          </section>
        </div>
        {merged.clashes.length > 0 ? (
          <section className={classes['clashes']} aria-label="Changed by both">
            <h3>
              Changed by both: choose for each ({merged.clashes.length - open(merged.clashes, choices)} of{' '}
              {merged.clashes.length} chosen)
            </h3>
            {merged.clashes.map((clash) => (
              <ClashChoice
                key={clash.pointer}
                clash={clash}
                side={choices[clash.pointer]}
                onChoose={(side) => setChoices({ ...choices, [clash.pointer]: side })}
              />
            ))}
          </section>
        ) : null}
        {refusal ? (
          <p className={classes['fault']} role="alert">
            This cannot be taken over here: {refusal} Nothing was sent. Reload the page, or keep yours.
          </p>
        ) : null}
        {merged.fault ? <p className={classes['fault']}>Together this is not valid: {merged.fault}</p> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Decide later
          </Button>
          <Button
            variant="default"
            onClick={() => settle(theirs, `Take the saved version of ${nameInWords(conflict.name)}`)}
          >
            Take theirs
          </Button>
          <Button variant="default" onClick={() => settle(mine, `Keep my version of ${nameInWords(conflict.name)}`)}>
            Keep mine
          </Button>
          <Button
            disabled={isOpenClash || merged.fault !== undefined}
            onClick={() => settle(merged.document, `Merge with the saved version of ${nameInWords(conflict.name)}`)}
          >
            Merge both
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function open(clashes: readonly Clash[], choices: Readonly<Record<string, Side>>): number {
  return clashes.filter(({ pointer }) => choices[pointer] === undefined).length;
}

function ClashChoice({
  clash,
  side,
  onChoose,
}: {
  clash: Clash;
  side: Side | undefined;
  onChoose: (side: Side) => void;
}) {
  return (
    <Radio.Group
      className={classes['clash'] ?? ''}
      value={side ?? ''}
      onChange={(value) => onChoose(value as Side)}
      label={<span className={classes['pointer']}>{placeInWords(clash.pointer) || 'the whole document'}</span>}
    >
      <Stack gap={4} mt={4}>
        <Radio value="mine" label={`Mine: ${shortly(clash.mine)}`} />
        <Radio value="theirs" label={`Theirs: ${shortly(clash.theirs)}`} />
      </Stack>
    </Radio.Group>
  );
}

function shortly(value: unknown): string {
  return value === undefined ? 'removed' : valueWords(value);
}
