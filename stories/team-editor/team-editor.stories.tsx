import type { Meta, StoryObj } from '@storybook/react-vite';
import { useQueryClient } from '@tanstack/react-query';
import { expect, screen, userEvent, within } from 'storybook/test';
import '../../studio/app/theme.css';
import type { Directory } from '../../studio/document/time-engine.ts';
import type { EditorProps } from '../../studio/document-editor/editor.ts';
import TeamEditor from '../../studio/team-editor/team-editor.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';

const meta = { title: 'team-editor/Team' } satisfies Meta;
export default meta;
type Story = StoryObj;

/** Monday 21 December 2026, noon. */
const now = 1_797_854_400;
const users: Directory['users'] = {
  robin: { name: 'Robin Lee', teams: ['HOO'], skills: ['welsh', 'youth'], capacity: 12, manager: 'sam', active: true },
  ann: {
    name: 'Ann Price',
    teams: ['HOO'],
    active: true,
    absences: [{ from: now - 86_400, to: now + 5 * 86_400, cover: 'robin' }],
  },
  joe: { name: 'Joe Left', teams: ['HOO'], active: false },
  sam: { name: 'Sam Ali', teams: ['TL'], active: true },
};

function editorWith(people: Directory['users']) {
  return function Filled(props: EditorProps<'team'>) {
    const client = useQueryClient();
    client.setQueryData(['directory'], { users: people });
    client.setQueryData(['me'], { ...client.getQueryData<object>(['me']), now });
    return <TeamEditor {...props} />;
  };
}
const show = (key: string, people: Directory['users'] = users): Story => ({
  render: () => <WithEditor editor={editorWith(people)} kind="team" documentKey={key} configuration={housing} />,
});

export const Role: Story = show('HOO');
export const Nobody: Story = show('REVO', {});
export const Stakeholders: Story = show('SERVICE-BOARD');
/** Half-written: each field says what it wants, and nothing is sent. */
export const HalfWrittenPerson: Story = {
  ...show('HOO'),
  play: async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Somebody new' }));
    await userEvent.type(await screen.findByLabelText('E-mail'), 'robin@');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Write a name.');
    await expect(screen.getByText('Write an address such as robin@example.org.')).toBeVisible();
  },
};
export const PersonWithAbsence: Story = {
  ...show('HOO'),
  play: async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Change Ann Price' }));
    await expect(await screen.findByLabelText('First day away, 1')).toHaveValue('2026-12-20');
  },
};
