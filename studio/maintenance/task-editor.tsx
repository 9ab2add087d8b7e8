import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { TryAllocation } from '../allocation/try-allocation.tsx';
import { DueButton } from '../calendar-editor/due-button.tsx';
import { usePeople } from '../document/use-people.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import GenericForm from '../document-editor/generic-form.tsx';
import { Panel } from '../ui/page.tsx';
import { mainSla } from '../words/period-words.ts';

/** A task: its fields, when it would be due, and who would get it. */
export default function TaskEditor(props: EditorProps<'task'>) {
  const { document: task, configuration } = props;
  const { directory } = usePeople(configuration);
  const workflows = useMemo(
    () =>
      Object.values(configuration.workflow).filter(({ nodes }) =>
        Object.values(nodes).some((node) => node.type === 'task' && node.task === task.key),
      ),
    [configuration.workflow, task.key],
  );
  const calendar = workflows[0]?.calendar ?? Object.keys(configuration.calendar)[0] ?? '';
  const sla = mainSla(task.sla);
  return (
    <Stack gap="md" p="md">
      {sla ? (
        <div>
          <DueButton key={JSON.stringify(sla)} configuration={configuration} calendar={calendar} sla={sla} />
        </div>
      ) : null}
      <GenericForm {...(props as unknown as EditorProps)} />
      <Panel title="Who would get it?">
        <TryAllocation
          configuration={configuration}
          rules={task.ownerRules}
          directory={directory}
          workflows={workflows.map(({ key }) => key)}
          skills={task.skills ?? []}
          weight={task.weight ?? 1}
          {...(sla ? { sla: { sla, calendar } } : {})}
        />
      </Panel>
    </Stack>
  );
}
