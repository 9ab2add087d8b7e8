import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const PublishDialog = lazy(() => import('./publish-dialog.tsx'));

export function PublishButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconRocket size={14} />} onClick={() => setOpen(true)}>
        Publish
      </Button>
      {isOpen ? (
        <Suspense>
          <PublishDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
