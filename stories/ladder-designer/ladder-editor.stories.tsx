import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import type { Configuration } from '../../schemas/configuration.ts';
import type { LadderDocument } from '../../schemas/ladder.ts';
import LadderEditor from '../../studio/ladder-designer/ladder-editor.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';

const meta = { title: 'ladder-designer/Ladder' } satisfies Meta;
export default meta;
type Story = StoryObj;

const show = (key: string, configuration = housing): Story => ({
  render: () => <WithEditor editor={LadderEditor} kind="ladder" documentKey={key} configuration={configuration} />,
});

function altered(change: (ladder: LadderDocument) => Partial<LadderDocument>): Configuration {
  const standard = housing.ladder['L-STD'] as LadderDocument;
  return { ...housing, ladder: { ...housing.ladder, 'L-STD': { ...standard, ...change(standard) } } };
}

export const Standard: Story = show('L-STD');
export const Complaint: Story = show('L-CO');
export const OfAStatutoryClock: Story = show('L-CLOCK');
export const Empty: Story = show(
  'L-STD',
  altered(() => ({ rungs: {}, fallback: [] })),
);
/** A team and a template that were deleted, and a calendar that is gone. */
export const DeletedReferences: Story = show(
  'L-STD',
  altered(({ rungs }) => ({
    rungs: {
      ...rungs,
      ...(rungs['overdue'] ? { overdue: { ...rungs['overdue'], to: ['role:GONE'], template: 'gone' } } : {}),
    },
  })),
);
export const WithoutItsCalendar: Story = show(
  'L-STD',
  altered(() => ({ calendar: 'gone' })),
);
