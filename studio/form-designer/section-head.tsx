import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { inOrder } from '../../schemas/document.ts';
import type { FormDocument } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { TextField } from '../document-editor/field.tsx';
import { useEntryMove } from '../document-editor/use-entry-move.ts';
import classes from './form-designer.module.css';

/** Title of a section, and what can be done with it. One that still has questions is not deleted. */
export function SectionHead({ form, section, count }: { form: FormDocument; section: string; count: number }) {
  const { set } = useEditor();
  const list = inOrder(form.sections);
  const at = list.findIndex(({ key }) => key === section);
  const move = useEntryMove(['sections'], form.sections);
  if (at === -1) return <h2 className={classes['sectionTitle']}>In no section</h2>;
  return (
    <div className={classes['sectionHead']}>
      <TextField label={`Section ${at + 1}`} path={['sections', section, 'title']} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Change section ${list[at]?.title}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={at === 0} onClick={() => move(section, -1)}>
            Move the section up
          </Menu.Item>
          <Menu.Item disabled={at === list.length - 1} onClick={() => move(section, 1)}>
            Move the section down
          </Menu.Item>
          <Menu.Item disabled={count > 0 || list.length === 1} onClick={() => set(['sections', section])}>
            {count > 0 ? 'Delete (move its questions first)' : 'Delete the section'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
