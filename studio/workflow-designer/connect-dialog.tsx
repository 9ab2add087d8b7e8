import { Modal, TextInput } from '@mantine/core';
import { IconArrowRight, IconBan } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { linkTargets } from '../document/engine.ts';
import classes from './connect-dialog.module.css';
import { nodeTitle } from './drawing.ts';
import { LinkForm, type LinkSettings } from './link-form.tsx';

export interface ConnectSession {
  from: string;
  /** Known when a link was dragged; then only type and lag are asked. */
  to?: string;
}

export interface ConnectDialogProps {
  session: ConnectSession;
  workflow: WorkflowDocument;
  configuration: Configuration;
  onChoose: (to: string) => void;
  onLink: (settings: LinkSettings & { branch?: string }) => void;
  onClose: () => void;
}

/** One connect session, whether it began with C or with the mouse: choose the target, then type and lag. */
export function ConnectDialog({ session, workflow, configuration, onChoose, onLink, onClose }: ConnectDialogProps) {
  const title = (key: string) => `${key} ${nodeTitle(workflow, configuration, key)}`;
  const source = workflow.nodes[session.from];
  const branches =
    source?.type === 'decision'
      ? [
          ...inOrder(source.branches).map(({ key, label }) => ({ value: key, label })),
          { value: 'otherwise', label: source.otherwise?.label ?? 'Otherwise' },
        ]
      : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={session.to ? 'Link' : `Link from ${title(session.from)} to`}
      returnFocus
    >
      {session.to ? (
        <>
          <p className={classes['route']}>
            <strong>{title(session.from)}</strong>
            <IconArrowRight size={16} aria-label="to" />
            <strong>{title(session.to)}</strong>
          </p>
          <LinkForm initial={{ linkType: 'FS' }} submitLabel="Link" onSubmit={onLink} branches={branches} />
        </>
      ) : (
        <TargetList workflow={workflow} from={session.from} title={title} onChoose={onChoose} />
      )}
    </Modal>
  );
}

function TargetList({
  workflow,
  from,
  title,
  onChoose,
}: {
  workflow: WorkflowDocument;
  from: string;
  title: (key: string) => string;
  onChoose: (to: string) => void;
}) {
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = linkTargets(workflow, from).filter(({ node }) =>
    title(node).toLowerCase().includes(search.trim().toLowerCase()),
  );
  const ordered = [...found.filter((target) => !target.refusal), ...found.filter((target) => target.refusal)];
  const active = Math.min(at, ordered.length - 1);
  const choose = (index: number) => {
    const target = ordered[index];
    if (target && !target.refusal) onChoose(target.node);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    }
    if (step === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(ordered.length - 1, active + step));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <TextInput
        label="Find the task to link to"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-label="Tasks to link to" className={classes['list']} ref={list}>
        {ordered.map(({ node, refusal }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option
          <div
            key={node}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-disabled={refusal ? 'true' : undefined}
            className={classes['option']}
            onClick={() => choose(index)}
          >
            <span>{title(node)}</span>
            {refusal ? (
              <span className={classes['reason']}>
                <IconBan size={13} aria-hidden="true" /> {refusal.message}
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {ordered.length === 0 ? <p className={classes['none']}>No task is called that.</p> : null}
    </>
  );
}
