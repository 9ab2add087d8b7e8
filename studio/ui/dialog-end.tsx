import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';

/** The end of a dialog: why it could not be done, the way out, and what it is for; without `onDo` it sends the form it stands in. */
export function DialogEnd({
  failure,
  refuse = 'Not now',
  onClose,
  onDo,
  isBusy = false,
  isDisabled = false,
  children,
}: {
  failure?: string | undefined;
  refuse?: string;
  onClose: () => void;
  onDo?: () => void;
  isBusy?: boolean;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      {failure ? (
        <p role="alert" style={{ margin: 0, color: 'var(--exceeded)' }}>
          {failure}
        </p>
      ) : null}
      <Group justify="end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {refuse}
        </Button>
        <Button
          type={onDo ? 'button' : 'submit'}
          loading={isBusy}
          disabled={isDisabled}
          {...(onDo ? { onClick: onDo } : {})}
        >
          {children}
        </Button>
      </Group>
    </>
  );
}
