import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEditor } from '../document-editor/editor.ts';
import classes from './maintenance.module.css';

/** A task with no target gets one here: nothing is late without it. */
export function NoTarget() {
  const { set } = useEditor();
  return (
    <Group gap="sm">
      <p className={classes['warning']}>It has no target: it would never be late, and nobody would be told.</p>
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => set(['sla'], { target: { value: 5, unit: 'workingDays' } })}
      >
        Give it a target
      </Button>
    </Group>
  );
}
