import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { areas } from '../app/areas.ts';
import { UndoButtons } from '../document/undo-buttons.tsx';
import { ErrorState } from '../ui/notice.tsx';
import { useStepKeys } from './step-keys.ts';

/** In place of an editor whose document is gone: the steps that may bring it back, and the way to the others. */
export function MissingDocument({ kind, documentKey }: { kind: string; documentKey: string }) {
  const area = areas.find(({ kinds }) => (kinds as readonly string[]).includes(kind)) ?? areas[0];
  const onKey = useStepKeys();
  useEffect(() => {
    // What had the focus went with the document, so that the keys come from nowhere in particular.
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return (
    <ErrorState
      title={`There is no ${kind} ${documentKey}`}
      error={
        new Error(
          'It may have been deleted, or its making undone. Undo or redo brings it back while the page stays open; or choose another.',
        )
      }
      action={
        <Group gap="xs">
          <UndoButtons />
          {area ? (
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/library/$area" params={{ area: area.slug }} {...props} />}
            >
              {area.title}
            </Button>
          ) : null}
        </Group>
      }
    />
  );
}
