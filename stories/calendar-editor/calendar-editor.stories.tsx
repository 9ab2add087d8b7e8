import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import type { CalendarDocument } from '../../schemas/calendar.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import CalendarEditor from '../../studio/calendar-editor/calendar-editor.tsx';
import { DueCalculator } from '../../studio/calendar-editor/due-calculator.tsx';
import { MovedTable } from '../../studio/calendar-editor/moved-cases.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = { title: 'calendar-editor/Calendar' } satisfies Meta;
export default meta;
type Story = StoryObj;

const show = (key: string, configuration: Configuration = housing): Story => ({
  render: () => <WithEditor editor={CalendarEditor} kind="calendar" documentKey={key} configuration={configuration} />,
});

function altered(change: Partial<CalendarDocument>): Configuration {
  const calendar = { ...(housing.calendar['england-and-wales'] as CalendarDocument), ...change };
  return { ...housing, calendar: { ...housing.calendar, 'england-and-wales': calendar } };
}

export const Office: Story = show('england-and-wales');
export const AlwaysOpen: Story = show('24x7');
/** Two windows a day, a night shift, and dates of their own. */
export const Shifts: Story = show(
  'england-and-wales',
  altered({
    weekly: {
      mon: [
        { start: '09:00', end: '12:30' },
        { start: '13:30', end: '17:00' },
      ],
      fri: [{ start: '22:00', end: '06:00' }],
    },
    closed: { '2026-12-24': 'Staff day' },
    openings: { '2026-12-28': [{ start: '10:00', end: '12:00' }] },
  }),
);
/** The focus goes along with a window that passes another, and to the other when it is gone. */
export const MovedByKeys: Story = {
  ...show(
    'england-and-wales',
    altered({
      weekly: {
        mon: [
          { start: '09:00', end: '10:00' },
          { start: '09:30', end: '10:30' },
        ],
      },
    }),
  ),
  play: async ({ canvas }) => {
    (await canvas.findByRole('button', { name: /^Monday 09:00 to 10:00/ })).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(canvas.getByRole('button', { name: /^Monday 09:45 to 10:45/ })).toHaveFocus());
    await userEvent.keyboard('{Delete}');
    await waitFor(() => expect(canvas.getByRole('button', { name: /^Monday 09:30 to 10:30/ })).toHaveFocus());
  },
};
export const UnknownZone: Story = show('england-and-wales', altered({ zone: 'Europe/Atlantis' }));
export const NeverOpen: Story = show('england-and-wales', altered({ weekly: {} }));

const bare = (children: React.ReactNode): Story => ({
  render: () => (
    <WithRouter>
      <div style={{ padding: 20, maxWidth: 720, background: 'var(--surface)' }}>
        <h1 className="visually-hidden">Calculator</h1>
        {children}
      </div>
    </WithRouter>
  ),
});
export const DueOverChristmas: Story = bare(
  <DueCalculator configuration={housing} calendar="england-and-wales" firstStart="2026-12-22T10:00" />,
);
export const DueInDeletedCalendar: Story = bare(<DueCalculator configuration={housing} calendar="gone" />);
export const DatesThatMove: Story = bare(
  <MovedTable
    zone="Europe/London"
    effect={{
      openCases: 40,
      cases: [
        {
          id: 'c1',
          reference: 'HP-7KQ2-M4XD',
          workflow: 'HP',
          dates: [{ of: 'task:HP02', which: 'due', from: 1_798_736_400, to: 1_798_822_800 }],
        },
      ],
    }}
  />,
);
export const NoDateMoves: Story = bare(<MovedTable zone="Europe/London" effect={{ openCases: 40, cases: [] }} />);
