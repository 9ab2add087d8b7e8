import { Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** What was worked out beside the page broke down: nothing is known of it, and how to try once more. */
export function BrokenDown({ title, onAgain }: { title: string; onAgain: () => void }) {
  return (
    <Group gap="xs" role="alert" c="var(--exceeded)">
      <IconAlertTriangle size={17} aria-hidden="true" />
      <span>{title}</span>
      <Button variant="default" size="compact-sm" onClick={onAgain}>
        Try again
      </Button>
    </Group>
  );
}
