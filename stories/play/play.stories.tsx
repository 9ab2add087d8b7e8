import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { sampleDirectory } from '../../studio/document/play-engine.ts';
import { addRun, noChances } from '../../studio/play/chances.ts';
import { ChancesTable } from '../../studio/play/chances-panel.tsx';
import { PlayCase } from '../../studio/play/play-case.tsx';
import { Announcer } from '../../studio/ui/announcer.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = {
  title: 'play/Play',
  decorators: [
    (Story) => (
      <WithRouter>
        <div style={{ background: 'var(--ground)', minHeight: 700 }}>
          <Story />
          <Announcer />
        </div>
      </WithRouter>
    ),
  ],
} satisfies Meta;
export default meta;
type Story = StoryObj;

const directory = sampleDirectory(housing);
const play = (finding?: Parameters<typeof PlayCase>[0]['finding']) => (
  <PlayCase
    configuration={housing}
    workflow="HP"
    layout={undefined}
    directory={directory}
    finding={finding}
    start="2027-01-04T09:00"
  />
);

export const Setup: Story = { render: () => play() };
/** Launched, a task completed, a timer waited for, and one step taken back. */
export const Playing: Story = {
  render: () => play(),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Launch' }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Complete Acknowledge enquiry/ }));
    await expect(await canvas.findByText('Triage call: homeless or threatened within 56 days?')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: /^Next timer/ }));
    await userEvent.click(await canvas.findByRole('button', { name: 'One step back' }));
    await expect(await canvas.findByRole('button', { name: 'One step forward, 1 ahead' })).toBeEnabled();
  },
};
export const OnTheTimeline: Story = {
  render: () => play(),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Launch' }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Run on/ }));
    for (const _ of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
      await userEvent.click(await canvas.findByRole('button', { name: 'One step back' }));
    await userEvent.click(await canvas.findByRole('tab', { name: 'Timeline' }));
    await expect(await canvas.findByRole('gridcell', { name: /^HP01, .*Complete/ })).toBeVisible();
  },
};
export const Messages: Story = {
  render: () => play(),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Launch' }));
    for (const _ of [1, 2, 3, 4]) await userEvent.click(await canvas.findByRole('button', { name: /^Next timer/ }));
    await userEvent.click(await canvas.findByRole('tab', { name: /^Messages and history/ }));
    await expect(await canvas.findByRole('list', { name: 'Storyboard' })).toBeVisible();
  },
};
export const Counterexample: Story = {
  render: () =>
    play({
      code: 'SLA_PATH_EXCEEDS_WORKFLOW',
      severity: 'error',
      document: 'workflow/HP',
      pointer: '/sla',
      values: {},
      message: 'The tasks take longer than the SLA of the case from Fri 24 Dec 2027.',
      counterexample: { start: '2027-12-24' },
    }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Forward to the last step' }));
    await expect(await canvas.findByText('Finished (12)')).toBeVisible();
  },
};

const runs = [0.5, 0.7, 0.9, 1.2].map((share) => ({
  seconds: share * 60 * 86_400,
  case: share < 1.2,
  clocks: { 'HP-DUTY': share < 0.9 },
  tasks: { HP01: true, HP03: share < 0.9, HP05: share < 0.7 },
}));
export const ChancesOfTargets: Story = {
  render: () => (
    <div style={{ padding: 20, background: 'var(--surface)' }}>
      <ChancesTable chances={runs.reduce(addRun, noChances)} configuration={housing} workflow="HP" />
    </div>
  ),
};
