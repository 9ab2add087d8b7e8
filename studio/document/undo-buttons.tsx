import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { announce } from '../ui/announcer.tsx';
import { useDraft, useOpenDraft } from './draft-context.tsx';

/** Takes the last step of the draft back or forward; each button says which. */
export function UndoButtons() {
  const { store } = useOpenDraft();
  const { history } = useDraft();
  const [last, next] = [history.past.at(-1)?.label, history.future[0]?.label];
  const step = (direction: 'undo' | 'redo') => {
    const label = store[direction]();
    if (label) announce(`${direction === 'undo' ? 'Undone' : 'Done again'}: ${label}`);
  };
  return (
    <>
      <StepButton word="Undo" label={last} onClick={() => step('undo')} />
      <StepButton word="Redo" label={next} onClick={() => step('redo')} />
    </>
  );
}

function StepButton({
  word,
  label,
  onClick,
}: {
  word: 'Undo' | 'Redo';
  label: string | undefined;
  onClick: () => void;
}) {
  const Icon = word === 'Undo' ? IconArrowBackUp : IconArrowForwardUp;
  const name = label ? `${word} ${label}` : word;
  return (
    <Tooltip label={label ? name : `Nothing to ${word.toLowerCase()}`}>
      <ActionIcon variant="default" size="md" aria-label={name} disabled={!label} onClick={onClick}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
