import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ResourcePage, ServiceTypeSummary } from '../../schemas/resource-api.ts';
import '../../studio/app/theme.css';
import type { ResourceEntry } from '../../studio/resources/queries.ts';
import { ResourceDialog } from '../../studio/resources/resource-dialog.tsx';
import type { ResourceAction } from '../../studio/resources/resource-forms.ts';
import { ResourceTable } from '../../studio/resources/resource-table.tsx';
import { ResourceView } from '../../studio/resources/resource-view.tsx';
import { sampleResourceHistory, sampleResourcePage, sampleResources } from '../../test/support/resource-samples.ts';
import { WithRouter } from '../../test/support/with-router.tsx';

const nothing = () => {};

const meta = {
  title: 'resources/Resources',
  decorators: [
    (Story) => (
      <WithRouter>
        <div style={{ background: 'var(--ground)' }}>
          <Story />
        </div>
      </WithRouter>
    ),
  ],
} satisfies Meta;
export default meta;
type Story = StoryObj;

const view = (page: ResourcePage, history: readonly ResourceEntry[] | undefined, failure?: string) => (
  <ResourceView
    page={page}
    history={history}
    busy={false}
    failure={failure}
    onAction={nothing}
    onRegister={nothing}
    onAnswers={nothing}
  />
);
export const Resource: Story = { render: () => view(sampleResourcePage, sampleResourceHistory) };
export const Refused: Story = {
  render: () => view(sampleResourcePage, sampleResourceHistory, 'All 12 places are taken.'),
};
export const NobodyYet: Story = {
  render: () =>
    view(
      {
        ...sampleResourcePage,
        interests: [],
        matches: [],
        offers: [],
        allocations: [],
        resource: { ...sampleResourcePage.resource, ready: false, readyAt: null, life: 'planned', taken: 0 },
      },
      [],
    ),
};

const titles: Readonly<Record<string, string>> = { TRAINING: 'Professional training', WARDEN: 'Warden support' };
const typeTitle = (key: ServiceTypeSummary['key']) => titles[key] ?? key;
export const List: Story = {
  render: () => <ResourceTable resources={sampleResources} isFiltered typeTitle={typeTitle} />,
};
export const EmptyList: Story = {
  render: () => <ResourceTable resources={[]} isFiltered={false} typeTitle={typeTitle} />,
};

const dialog = (type: ResourceAction) => (
  <ResourceDialog
    action={{ type, with: {}, about: 'Saving energy at home' }}
    page={sampleResourcePage}
    busy={false}
    failure={undefined}
    onSend={nothing}
    onClose={nothing}
  />
);
export const ActionPath: Story = { render: () => dialog('changeActionPath') };
export const ChargeOf: Story = { render: () => dialog('changeCharge') };
export const Allocate: Story = { render: () => dialog('allocatePlace') };
