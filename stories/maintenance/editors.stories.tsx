import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ComponentType } from 'react';
import '../../studio/app/theme.css';
import type { Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { TryAllocation } from '../../studio/allocation/try-allocation.tsx';
import type { EditorProps } from '../../studio/document-editor/editor.ts';
import AgencyEditor from '../../studio/maintenance/agency-editor.tsx';
import ProvisionEditor from '../../studio/maintenance/provision-editor.tsx';
import SavedTestEditor, { TestResult } from '../../studio/maintenance/saved-test-editor.tsx';
import SettingsEditor from '../../studio/maintenance/settings-editor.tsx';
import TaskEditor from '../../studio/maintenance/task-editor.tsx';
import TopicEditor from '../../studio/maintenance/topic-editor.tsx';
import { housing } from '../../test/support/housing.ts';
import { WithEditor } from '../../test/support/with-editor.tsx';
import { WithRouter } from '../../test/support/with-router.tsx';

const meta = { title: 'maintenance/Editors' } satisfies Meta;
export default meta;
type Story = StoryObj;

function show<K extends DocumentKind>(
  editor: ComponentType<EditorProps<K>>,
  kind: K,
  key: string,
  configuration: Configuration = housing,
): Story {
  return {
    render: () => <WithEditor editor={editor} kind={kind} documentKey={key} configuration={configuration} />,
  };
}

export const Provision: Story = show(ProvisionEditor, 'provision', 'HA96');
export const Agency: Story = show(AgencyEditor, 'agency', 'SHELTER');
export const Task: Story = show(TaskEditor, 'task', 'HP02');
export const Topic: Story = show(TopicEditor, 'topic', 'at-risk');
export const Settings: Story = show(SettingsEditor, 'settings', 'settings', {
  ...housing,
  settings: {
    settings: {
      ...housing.settings['settings'],
      languages: ['en', 'cy'],
      allowedEmailDomains: ['partner.example.org'],
      checkSeverity: { DOCUMENT_UNUSED: 'off' },
      attributeDefinitions: {
        ward: {
          order: 1,
          label: 'Ward',
          type: 'choice',
          kinds: ['case', 'customer'],
          required: true,
          options: { north: 'North' },
        },
      },
    } as Configuration['settings'][string],
  },
});
export const SavedTest: Story = show(SavedTestEditor, 'test', 'HP-01');

const test = housing.test['HP-01'];
if (!test) throw new Error('HP-01 is in the shipped configuration');
const result = (children: React.ReactNode): Story => ({
  render: () => (
    <WithRouter>
      <div style={{ padding: 20, maxWidth: 760, background: 'var(--surface)' }}>
        <h1 className="visually-hidden">Part</h1>
        {children}
      </div>
    </WithRouter>
  ),
});
const set = () => ({ ok: false as const, refusal: { code: 'FIELD_FIXED' as const, message: '', values: {} } });
const answer = { id: 1, statements: ['HP1', 'HP3'], adviceFailures: [], scriptFailures: null, problem: null };

export const TestPasses: Story = result(<TestResult answer={answer} test={test} configuration={housing} set={set} />);
export const TestFails: Story = result(
  <TestResult
    answer={{ ...answer, adviceFailures: ['"HP1" was expected but is not advised'] }}
    test={test}
    configuration={housing}
    set={set}
  />,
);
export const TestOfDeletedWorkflow: Story = result(
  <TestResult
    answer={{ ...answer, problem: 'There is no workflow “GONE”: choose another for this test.' }}
    test={test}
    configuration={housing}
    set={set}
  />,
);
export const TestRuns: Story = result(<TestResult answer={undefined} test={test} configuration={housing} set={set} />);

const people = {
  users: {
    ann: { name: 'Ann Price', teams: ['CRO'], skills: ['welsh'], capacity: 8, active: true },
    ben: { name: 'Ben Hall', teams: ['CRO'], active: true },
    joe: { name: 'Joe Left', teams: ['CRO'], active: false },
  },
};
export const WhoWouldGetIt: Story = result(
  <TryAllocation
    configuration={housing}
    directory={people}
    workflows={['HP']}
    rules={{
      young: {
        order: 1,
        when: { op: 'lessThan', of: { question: 'age' }, value: 25 },
        to: { by: 'skill', team: 'CRO', skills: ['welsh'] },
      },
      rest: { order: 2, to: { by: 'leastLoaded', team: 'CRO' } },
    }}
  />,
);
export const NobodyWouldGetIt: Story = result(
  <TryAllocation
    configuration={housing}
    directory={{ users: {} }}
    workflows={['HP']}
    rules={{ rest: { order: 1, to: { by: 'leastLoaded', team: 'CRO' } } }}
  />,
);
