import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import '../../studio/app/theme.css';
import type { Configuration } from '../../schemas/configuration.ts';
import type { ServiceTypeDocument } from '../../schemas/settings.ts';
import ServiceTypeEditor from '../../studio/service-type-designer/service-type-editor.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';

const meta = { title: 'service-type-designer/Service type' } satisfies Meta;
export default meta;
type Story = StoryObj;

const show = (actionPath?: string[]) => {
  const warden = housing['service-type']['WARDEN'] as ServiceTypeDocument;
  const changed = { ...warden, ...(actionPath ? { actionPath } : {}) };
  const configuration: Configuration = {
    ...housing,
    'service-type': { ...housing['service-type'], WARDEN: changed },
  };
  return () => (
    <WithEditor editor={ServiceTypeEditor} kind="service-type" documentKey="WARDEN" configuration={configuration} />
  );
};

export const Shipped: Story = { render: show() };
/** Critical actions that are not key are offered at a click; an action that is gone can be taken out. */
export const PathWithGaps: Story = {
  render: show(['WS01', 'WS99']),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Take out WS99' }));
    const add = await canvas.findByRole('button', { name: /^Add the .*critical action/ });
    await userEvent.click(add);
    await waitFor(() => expect(canvas.queryByRole('button', { name: /critical action/ })).toBeNull());
    await userEvent.click(canvas.getByRole('checkbox', { name: /^WS01/ }));
    await expect(await canvas.findByRole('button', { name: 'Add the critical action' })).toBeVisible();
  },
};
