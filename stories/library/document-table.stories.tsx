import type { Meta, StoryObj } from '@storybook/react-vite';
import '../../studio/app/theme.css';
import { DocumentTable } from '../../studio/library/document-table.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = {
  title: 'library/Document table',
  component: DocumentTable,
  args: { documents: Object.values(housing.workflow), configuration: housing, findings: new Map() },
  decorators: [
    (Story) => (
      <WithRouter>
        <div style={{ padding: 20, background: 'var(--ground)' }}>
          <Story />
        </div>
      </WithRouter>
    ),
  ],
} satisfies Meta<typeof DocumentTable>;
export default meta;
type Story = StoryObj<typeof meta>;

export const Workflows: Story = {};
export const Statements: Story = { args: { documents: Object.values(housing.advice).slice(0, 12) } };
export const WithFindings: Story = {
  args: {
    findings: new Map([
      [
        'workflow/HP',
        [
          {
            code: 'PLAN_CYCLE',
            severity: 'error' as const,
            document: 'workflow/HP',
            pointer: '',
            values: {},
            message: 'A cycle.',
          },
          {
            code: 'X',
            severity: 'info' as const,
            document: 'workflow/HP',
            pointer: '',
            values: {},
            message: 'A note.',
          },
        ],
      ],
    ]),
  },
};
