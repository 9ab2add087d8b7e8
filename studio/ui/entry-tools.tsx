import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';

/** Puts an entry of a list one place up or down; the ends cannot go further. */
export function MoveButtons({
  name,
  at,
  count,
  onMove,
  earlier = `Move ${name} up`,
  later = `Move ${name} down`,
}: {
  name: string;
  at: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  /** What the buttons are called, where the order is one of time. */
  earlier?: string;
  later?: string;
}) {
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        data-entry-tool
        aria-label={earlier}
        disabled={at === 0}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        data-entry-tool
        aria-label={later}
        disabled={at === count - 1}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
    </>
  );
}

/** Takes an entry out of a list. */
export function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" data-entry-tool aria-label={`Delete ${name}`} onClick={onClick}>
      <IconTrash size={15} />
    </ActionIcon>
  );
}
