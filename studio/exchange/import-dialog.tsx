import { FileInput, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExchangeFile } from '../../runtime/engine/index.ts';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { Key } from '../../schemas/ids.ts';
import { useDraft, useOpenDraft } from '../document/draft-context.tsx';
import { type ClipboardBundle, diffDocument } from '../document/engine.ts';
import { Sentences } from '../document/sentences.tsx';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { SeverityBadge } from '../ui/states.tsx';
import { planKeyOf, readExchangeFile } from './exchange-engine.ts';
import classes from './import-dialog.module.css';
import { type TasksInFile, tasksInFile } from './tasks-in-file.ts';

interface Chosen {
  name: string;
  text: string;
  key: string;
  read: ExchangeFile;
}

const formatTitles = { bundle: 'Lintel documents', mspdi: 'MS Project XML', csv: 'a planner’s table (CSV)' } as const;

/** The workflow that is open, and what takes tasks of a file into it. */
export interface OpenWorkflow {
  workflow: string;
  onMerge: (tasks: ClipboardBundle) => void;
}

/** A file, what it would bring, and only then the change: one step that undo takes back. */
export function ImportDialog({ open, onClose }: { open?: OpenWorkflow; onClose: () => void }) {
  const { store } = useOpenDraft();
  const { configuration } = useDraft().content;
  const [chosen, setChosen] = useState<Chosen>();
  const [merged, setMerged] = useState<string | null>(null);
  const read = async (name: string, text: string, key: string) =>
    setChosen({ name, text, key, read: await readExchangeFile(text, configuration, { name, key }) });
  const choose = async (file: File | null) => {
    setMerged(null);
    if (!file) return setChosen(undefined);
    await read(file.name, await file.text(), freeKey(planKeyOf(file.name), configuration.workflow));
  };
  const changes = chosen?.read.documents.flatMap((document) => {
    const before = configuration[document.kind][document.key] as AnyDocument | undefined;
    const diff = diffDocument(before, document);
    return diff ? [{ document, diff }] : [];
  });
  const mergeable = open && chosen ? tasksInFile(chosen.read.documents, configuration) : [];
  const merging = mergeable.find(({ key }) => key === merged);
  const keyFault = chosen && chosen.read.format !== 'bundle' ? faultOf(chosen.key, configuration.workflow) : undefined;
  const take = () => {
    if (merging && open) {
      onClose();
      return open.onMerge(merging.bundle());
    }
    if (!chosen || !changes) return;
    const commands = changes.map(({ document }) => ({ type: 'putDocument' as const, document }));
    const result = store.run({ type: 'batch', label: `Import ${chosen.name}`, commands });
    announce(
      result.ok ? `Imported ${counted(changes.length)} from ${chosen.name}` : `Not done: ${result.refusal.message}`,
    );
    if (result.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Import" size="lg">
      <Stack gap="md">
        <FileInput
          label="File"
          description="A JSON bundle or document, MS Project XML, or a CSV table with ID, Name, Duration and Predecessors"
          placeholder="Choose a file"
          accept=".json,.xml,.csv,application/json,text/xml,text/csv"
          leftSection={<IconFileImport size={15} />}
          clearable
          clearButtonProps={{ 'aria-label': 'Choose no file' }}
          onChange={(file) => void choose(file)}
          data-autofocus
        />
        {chosen && changes ? (
          <>
            <p className={classes['quiet']} role="status">
              {chosen.name}: {formatTitles[chosen.read.format]}, {counted(chosen.read.documents.length)}, of which{' '}
              {changes.length} would change the draft.
            </p>
            {open && mergeable.length > 0 ? (
              <MergeChoice workflow={open.workflow} mergeable={mergeable} value={merged} onChange={setMerged} />
            ) : null}
            {merging || chosen.read.format === 'bundle' ? null : (
              <TextInput
                label="Key of the new workflow"
                value={chosen.key}
                error={keyFault}
                onChange={(event) => void read(chosen.name, chosen.text, event.currentTarget.value)}
              />
            )}
            <Faults read={chosen.read} />
            {merging ? null : <Preview changes={changes} />}
          </>
        ) : null}
        <DialogEnd
          onClose={onClose}
          isDisabled={!merging && (!changes || changes.length === 0 || keyFault !== undefined)}
          onDo={take}
        >
          {merging
            ? `Import ${merging.count} ${merging.count === 1 ? 'task' : 'tasks'} into ${open?.workflow}`
            : changes && changes.length > 0
              ? `Import ${counted(changes.length)}`
              : 'Import'}
        </DialogEnd>
      </Stack>
    </Modal>
  );
}

/** Whether what the file holds becomes documents as they are, or its tasks come into the open workflow. */
function MergeChoice({
  workflow,
  mergeable,
  value,
  onChange,
}: {
  workflow: string;
  mergeable: readonly TasksInFile[];
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Select
      label="What becomes of it"
      description="Tasks that come into the open workflow keep their links; keys that are taken here are made anew."
      allowDeselect={false}
      data={[
        { value: '', label: 'Documents of their own' },
        ...mergeable.map(({ key, title, count }) => ({
          value: key,
          label: `${count} ${count === 1 ? 'task' : 'tasks'} of ${title}, into ${workflow}`,
        })),
      ]}
      value={value ?? ''}
      onChange={(next) => onChange(next || null)}
    />
  );
}

function Faults({ read }: { read: ExchangeFile }) {
  return (
    <>
      {read.findings.length > 0 ? (
        <section className={classes['section']} aria-label="What could not be read">
          <h3>What could not be read ({read.findings.length})</h3>
          <ul className={classes['list']}>
            {read.findings.map((finding) => (
              <li key={`${finding.document}${finding.pointer}${finding.message}`}>
                <SeverityBadge severity={finding.severity} /> {finding.message}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {read.missing.length > 0 ? (
        <section className={classes['section']} aria-label="References to repair">
          <h3>References to repair afterwards ({read.missing.length})</h3>
          <ul className={classes['list']}>
            {read.missing.map(({ document, pointer, needs }) => (
              <li key={`${document}${pointer}`}>
                {document}
                {pointer} names <strong>{needs}</strong>, which is neither in the file nor in the draft.
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Preview({
  changes,
}: {
  changes: readonly { document: AnyDocument; diff: NonNullable<ReturnType<typeof diffDocument>> }[];
}) {
  if (changes.length === 0) return <p className={classes['quiet']}>Nothing in this file differs from the draft.</p>;
  return (
    <section className={classes['section']} aria-label="What would change">
      <h3>What would change</h3>
      <ul className={classes['list']}>
        {changes.map(({ document, diff }) => (
          <li key={diff.document}>
            <Badge tone={diff.change === 'added' ? 'good' : 'amber'}>
              {diff.change === 'added' ? 'New' : 'Changed'}
            </Badge>{' '}
            {document.title} <span className={classes['key']}>{diff.document}</span>
            {diff.change === 'added' ? null : <Sentences diff={diff} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function counted(documents: number): string {
  return `${documents} ${documents === 1 ? 'document' : 'documents'}`;
}

function faultOf(key: string, workflows: object): string | undefined {
  const parsed = Key.safeParse(key);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This is no key.';
  const twin = Object.keys(workflows).find((other) => other.toLowerCase() === key.toLowerCase());
  return twin ? `There is already a workflow ${twin}: choose another key.` : undefined;
}

function freeKey(wished: string, workflows: object): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? wished : `${wished}-${number}`;
    if (faultOf(key, workflows) === undefined || number > 999) return key;
  }
}
