import { Button, Group, Modal, Radio, ScrollArea, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { EditCommand, Use } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { placeInWords } from '../words/place-words.ts';
import { useEditor } from './editor.ts';
import classes from './panels.module.css';
import { type Going, planRepair, toRepairCommand } from './repair.ts';

interface RepairDialogProps {
  what: string;
  going: Going;
  uses: readonly Use[];
  /** What could take its place. */
  replacements: readonly { value: string; label: string }[];
  /** Left out where it is gone already, and only the places that name it are left. */
  deletion?: EditCommand;
  onClose: () => void;
  onDone: (command: EditCommand) => void;
}

/** Deletes something; where it is used, says where, and offers to replace it or take it out there, all as one step. */
export function RepairDialog({ what, going, uses, replacements, deletion, onClose, onDone }: RepairDialogProps) {
  const { configuration } = useEditor();
  const [how, setHow] = useState<'replace' | 'takeOut' | 'leave'>('takeOut');
  const [by, setBy] = useState<string | null>(null);
  const others = uses.filter((use) => use.document !== `${going.kind}/${going.key}`);
  const plan = useMemo(
    () =>
      how === 'leave'
        ? { documents: [], done: [], left: [...others] }
        : planRepair(configuration, others, { ...going, ...(how === 'replace' && by ? { by } : {}) }),
    [configuration, others, going, how, by],
  );
  const finish = () => {
    const repaired = `put ${counted(plan.done.length)} right`;
    const label = deletion
      ? `Delete ${going.key}${plan.done.length > 0 ? ` and ${repaired}` : ''}`
      : `Without ${going.key}: ${repaired}`;
    onClose();
    onDone(toRepairCommand(plan, label, deletion));
    announce(`${label}. Undo brings it back`);
  };
  return (
    <Modal opened onClose={onClose} title={deletion ? `Delete ${what}?` : `There is no ${what}`} size="lg">
      <Stack gap="sm">
        {others.length === 0 ? (
          <p className={classes['note']}>Nothing uses it. Undo brings it back.</p>
        ) : (
          <>
            <p className={classes['note']}>It is used in {counted(others.length)}:</p>
            <ScrollArea.Autosize
              mah={260}
              type="auto"
              className={classes['scroll'] ?? ''}
              viewportProps={{ tabIndex: 0 }}
            >
              <ul className={classes['places']} aria-label="Where it is used">
                {others.map((use) => (
                  <li key={`${use.document} ${use.pointer}`}>
                    {use.title}: {placeInWords(use.pointer)}
                  </li>
                ))}
              </ul>
            </ScrollArea.Autosize>
            <Radio.Group label="What becomes of them?" value={how} onChange={(value) => setHow(value as typeof how)}>
              <Stack gap={8} mt={6}>
                <Radio
                  value="takeOut"
                  label="Take it out there"
                  description="A rule that looked at nothing else never fires until it gets another."
                />
                <Radio value="replace" label="Put another in its place" disabled={replacements.length === 0} />
                {deletion ? <Radio value="leave" label="Leave them: findings will name each place" /> : null}
              </Stack>
            </Radio.Group>
            {how === 'replace' ? (
              <Select
                label="Put in its place"
                searchable
                data={[...replacements]}
                value={by}
                onChange={setBy}
                placeholder="Choose"
              />
            ) : null}
            {how !== 'leave' && plan.left.length > 0 && (how === 'takeOut' || by) ? (
              <p className={classes['note']}>
                {counted(plan.left.length)} cannot do without it and will have a finding:{' '}
                {plan.left.map((use) => `${use.title}, ${placeInWords(use.pointer)}`).join('; ')}.
              </p>
            ) : null}
          </>
        )}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {deletion ? 'Keep it' : 'Leave it'}
          </Button>
          <Button
            {...(deletion ? { color: 'red' } : {})}
            disabled={how === 'replace' && !by && others.length > 0}
            onClick={finish}
            data-autofocus
          >
            {deletion ? 'Delete' : 'Put right'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function counted(places: number): string {
  return `${places} ${places === 1 ? 'place' : 'places'}`;
}
