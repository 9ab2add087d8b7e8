import { ActionIcon, Tooltip } from '@mantine/core';
import type { IconPlus } from '@tabler/icons-react';

/** A small button whose words stand in its tip and its name. */
export function IconButton({
  label,
  icon: Icon,
  disabled = false,
  pressed,
  onClick,
}: {
  label: string;
  icon: typeof IconPlus;
  disabled?: boolean;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? 'light' : 'default'}
        size="md"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
