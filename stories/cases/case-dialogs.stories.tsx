import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import { CommandDialog } from '../../studio/cases/command-dialog.tsx';
import type { Consequence } from '../../studio/cases/consequences.tsx';
import { samplePage } from '../../test/support/case-samples.ts';
import { housing } from '../../test/support/housing.ts';

const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');
const nothing = () => {};

const meta = { title: 'cases/Dialogs' } satisfies Meta;
export default meta;
type Story = StoryObj;

const cascade: Consequence = {
  title: '2 tasks that follow are cancelled too:',
  lines: ['Make a personal housing plan', 'Review the plan'],
  confirm: { confirmed: ['HP07', 'HP08'] },
  button: 'Cancel all 3',
};
const moves: Consequence = {
  title: 'These tasks move with it:',
  lines: ['Review the plan: from 18 January 2027 to 27 January 2027'],
  confirm: { shiftSuccessors: true },
  button: 'Move them all',
};

const dialog = (type: CaseCommandType, consequence?: Consequence) => (
  <CommandDialog
    type={type}
    title="Contact landlord or host"
    task={housing.task['HP06']}
    taskId="HP06"
    workflow={workflow}
    configuration={housing}
    people={[{ value: 'ben', label: 'Ben Okoro' }]}
    addable={['HP11']}
    page={samplePage}
    consequence={consequence}
    busy={false}
    failure={undefined}
    onSend={nothing}
    onClose={nothing}
  />
);
export const CancelWithWhatFollows: Story = { render: () => dialog('cancelTask', cascade) };
export const NewTargetWithWhatMoves: Story = { render: () => dialog('retargetTask', moves) };
export const AddTask: Story = { render: () => dialog('addTask') };
export const CorrectAnswer: Story = { render: () => dialog('correctAnswers') };
export const FillIn: Story = { render: () => dialog('recordFields') };
