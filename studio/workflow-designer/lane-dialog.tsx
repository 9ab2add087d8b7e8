import { Modal, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DialogEnd } from '../ui/dialog-end.tsx';

/** Where the chosen work goes: a lane of the drawing, or somebody who owns it from now on. */
export function LaneDialog({
  nodes,
  choices,
  onMove,
  onClose,
}: {
  nodes: readonly string[];
  choices: readonly { value: string; label: string }[];
  onMove: (choice: { value: string; label: string }) => void;
  onClose: () => void;
}) {
  const [value, setValue] = useState<string | null>(null);
  const choice = choices.find((one) => one.value === value);
  const move = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (choice) onMove(choice);
  };
  return (
    <Modal opened onClose={onClose} title={`Move ${nodes.length === 1 ? nodes[0] : `${nodes.length} tasks`} to a lane`}>
      <form onSubmit={move}>
        <Stack gap="md">
          <Select
            label="Lane"
            description="Who owns the work, or a lane of the drawing"
            searchable
            data-autofocus
            nothingFoundMessage="Nobody is called that"
            data={[...choices]}
            value={value}
            onChange={setValue}
          />
          <DialogEnd onClose={onClose} isDisabled={!choice}>
            Move
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}
