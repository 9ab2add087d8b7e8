import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { SetUpForm, SignInForm } from '../../studio/app/sign-in-page.tsx';

const meta = {
  title: 'app/Entrance',
  component: SignInForm,
  args: { busy: false, failure: undefined, enter: async () => {} },
} satisfies Meta<typeof SignInForm>;
export default meta;
type Story = StoryObj<typeof meta>;

export const SignIn: Story = {};
export const SignInFailed: Story = { args: { failure: 'Name or password is wrong.' } };
export const SetUp: Story = { render: (args) => <SetUpForm {...args} /> };
export const SetUpUsedLink: Story = {
  args: { failure: 'This set-up link was used or is too old.' },
  render: (args) => <SetUpForm {...args} />,
};
