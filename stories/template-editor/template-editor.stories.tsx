import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import '../../studio/app/theme.css';
import type { Configuration } from '../../schemas/configuration.ts';
import type { TemplateDocument } from '../../schemas/ladder.ts';
import TemplateEditor from '../../studio/template-editor/template-editor.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';

const meta = { title: 'template-editor/Template' } satisfies Meta;
export default meta;
type Story = StoryObj;

const show = (key: string, configuration: Configuration = housing): Story => ({
  render: () => <WithEditor editor={TemplateEditor} kind="template" documentKey={key} configuration={configuration} />,
});

function altered(change: (template: TemplateDocument) => Partial<TemplateDocument>): Configuration {
  const template = housing.template['amber'] as TemplateDocument;
  return { ...housing, template: { ...housing.template, amber: { ...template, ...change(template) } } };
}

const tab =
  (name: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByRole('tab', { name }));
  };

export const Email: Story = show('amber');
export const TextMessage: Story = { ...show('amber'), play: tab('Text message') };
export const Letter: Story = { ...show('complaint-acknowledged'), play: tab('Letter') };
export const InTheStudio: Story = { ...show('amber'), play: tab('In the studio') };
export const OfAnOffer: Story = show('offer-made');
export const ChannelLeftOut: Story = { ...show('amber'), play: tab('Webhook –') };
/** Half-written: the plain words that would be sent stand in the preview. */
export const HalfWritten: Story = show(
  'amber',
  altered(({ channels }) => ({
    channels: { ...channels, email: { subject: 'Due {{ due.', text: 'Dear {{ recipient.nam }}' } },
  })),
);
/** Curly quotation marks make a text message hold 70 characters. */
export const LongTextMessage: Story = {
  ...show(
    'amber',
    altered(({ channels }) => ({ channels: { ...channels, sms: `${channels.sms} It’s “urgent”. `.repeat(3) } })),
  ),
  play: tab('Text message'),
};
export const WelshOutOfDate: Story = {
  ...show(
    'amber',
    altered(() => ({
      languages: { cy: { sms: 'Mae {{ task.title }} yn ddyledus {{ due.text }}.' } },
      translates: { cy: 'an-older-text' },
    })),
  ),
  play: async (context) => {
    await userEvent.click(await within(context.canvasElement).findByText('Cymraeg (out of date)'));
    await tab('Text message')(context);
  },
};
/** `{{` opens the list; Enter puts the placeholder in and declares it. */
export const Completion: Story = {
  ...show('complaint-acknowledged'),
  play: async ({ canvasElement }) => {
    const field = await within(canvasElement).findByLabelText('Subject');
    await userEvent.type(field, ' {{{{ due');
    await within(canvasElement).findByRole('option', { name: /^due.text/ });
    await userEvent.keyboard('{Enter}');
    await expect(field).toHaveValue('We have your complaint, {{ case.reference }} {{ due.text }}');
    await within(canvasElement).findByText('When it is due, in words');
  },
};
