import { Kbd, Modal } from '@mantine/core';
import { memo } from 'react';
import { designerCommands, walkingKeys } from './keys.ts';
import classes from './shortcut-sheet.module.css';

/** Every key of the designer, from the table that binds them; it does not follow what is drawn. */
export const ShortcutSheet = memo(function ShortcutSheet({
  opened,
  onClose,
}: {
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys of the designer">
      <dl className={classes['sheet']}>
        {[...designerCommands.filter(({ keys }) => keys !== undefined), ...walkingKeys].map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
});
