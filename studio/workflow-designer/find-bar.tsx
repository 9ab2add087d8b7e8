import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import classes from './canvas-view.module.css';

/** Finds tasks on the drawing: Enter goes to the next one that fits. */
export function FindBar({
  titles,
  onFound,
  onClose,
}: {
  /** What each node is called, with everything it can be found by. */
  titles: readonly { node: string; text: string }[];
  onFound: (node: string) => void;
  onClose: () => void;
}) {
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(-1);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found =
    words.length === 0 ? [] : titles.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  const go = (step: number) => {
    if (found.length === 0) return announce(search.trim() === '' ? 'Type what to find' : 'Nothing is called that');
    const next = (at + step + found.length) % found.length;
    setAt(next);
    const hit = found[next];
    if (!hit) return;
    onFound(hit.node);
    announce(`${next + 1} of ${found.length}: ${hit.text}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter' || event.key === 'F3') {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    }
  };
  return (
    <search className={classes['find']} aria-label="Find on the drawing">
      <TextInput
        aria-label="Find a task"
        placeholder="Find a task"
        size="xs"
        autoFocus
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <span className={classes['count']}>
        {words.length === 0 ? '' : found.length === 0 ? 'None' : `${Math.max(1, at + 1)} of ${found.length}`}
      </span>
      <ActionIcon variant="subtle" color="gray" aria-label="Previous" onClick={() => go(-1)}>
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label="Next" onClick={() => go(1)}>
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
        <IconX size={15} />
      </ActionIcon>
    </search>
  );
}
