import { ActionIcon } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Link, WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand } from '../document/engine.ts';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import { lagInWords } from '../words/period-words.ts';
import { linksInOrder, nodeTitle } from './drawing.ts';
import classes from './inspector.module.css';
import { LinkForm } from './link-form.tsx';

/** Links into and out of a task, each to be changed or removed: all that the mouse can do to a link. */
export function LinkList({
  workflow,
  configuration,
  node,
  onRun,
}: {
  workflow: WorkflowDocument;
  configuration: Configuration;
  node: string;
  onRun: (command: EditCommand) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useFocusKept(list);
  const links = linksInOrder(workflow.links);
  const groups = [
    { title: 'After', links: links.filter((link) => link.to === node), other: (link: Link) => link.from },
    { title: 'Before', links: links.filter((link) => link.from === node), other: (link: Link) => link.to },
  ];
  return (
    <div ref={list}>
      {groups.map(({ title, links: found, other }) =>
        found.length === 0 ? null : (
          <div key={title}>
            <h2 className={classes['heading']}>{title}</h2>
            <ul className={classes['links']}>
              {found.map((link) => (
                <LinkRow
                  key={link.key}
                  linkKey={link.key}
                  link={link}
                  workflow={workflow.key}
                  title={`${other(link)} ${nodeTitle(workflow, configuration, other(link))}`}
                  onRun={onRun}
                />
              ))}
            </ul>
          </div>
        ),
      )}
    </div>
  );
}

export const LinkRow = memo(function LinkRow({
  linkKey,
  link,
  workflow,
  title,
  onRun,
  open = false,
}: {
  linkKey: string;
  link: Link;
  workflow: string;
  title: string;
  onRun: (command: EditCommand) => void;
  open?: boolean;
}) {
  const [editing, setEditing] = useState(open);
  const pencil = useRef<HTMLButtonElement>(null);
  return (
    <li>
      <div className={classes['link']}>
        <span className={classes['linkText']}>
          {title}
          <span className={classes['lag']}>
            {link.type}, {lagInWords(link.lag)}
            {link.branch ? `, branch ${link.branch}` : ''}
          </span>
        </span>
        <ActionIcon
          ref={pencil}
          variant="subtle"
          color="gray"
          aria-label={`Change the link ${link.from} to ${link.to}`}
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        >
          <IconPencil size={15} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove the link ${link.from} to ${link.to}`}
          onClick={() => onRun({ type: 'unlink', workflow, links: [linkKey] })}
        >
          <IconX size={15} />
        </ActionIcon>
      </div>
      {editing ? (
        <div className={classes['edit']}>
          <LinkForm
            initial={{ linkType: link.type, ...(link.lag ? { lag: link.lag } : {}) }}
            submitLabel="Set"
            onSubmit={({ linkType, lag }) => {
              const setLag: EditCommand = { type: 'setLag', workflow, link: linkKey, ...(lag ? { lag } : {}) };
              const setType: EditCommand = { type: 'setLinkType', workflow, link: linkKey, linkType };
              const label = `Change the link ${link.from} to ${link.to}`;
              onRun(linkType === link.type ? setLag : { type: 'batch', label, commands: [setType, setLag] });
              setEditing(false);
              pencil.current?.focus();
            }}
          />
        </div>
      ) : null}
    </li>
  );
});
