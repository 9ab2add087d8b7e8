import { Modal } from '@mantine/core';
import classes from './import-dialog.module.css';

/** What an export has to say: what the format cannot hold, or why nothing was written. */
export function ExportNotes({
  title,
  sentences,
  onClose,
}: {
  title: string;
  sentences: readonly string[];
  onClose: () => void;
}) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <ul className={classes['list']}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Modal>
  );
}
