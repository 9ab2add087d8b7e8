import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { EditCommand, EditResult, Use, WorkflowPlan } from '../document/engine.ts';
import { NamedIn } from '../document-editor/part-uses.tsx';
import { Badge } from '../ui/badge.tsx';
import { useStable } from '../ui/use-stable.ts';
import { dateInWords } from '../words/date-words.ts';
import { nodeTitle } from './drawing.ts';
import classes from './inspector.module.css';
import { LinkList } from './link-list.tsx';
import { CommunicationFields, DecisionFields, EndFields, MilestoneFields } from './node-fields.tsx';
import { CriticalMark } from './task-card.tsx';
import { TaskFields } from './task-fields.tsx';

interface InspectorProps {
  workflow: WorkflowDocument;
  configuration: Configuration;
  node: string;
  plan?: WorkflowPlan | undefined;
  onRun: (command: EditCommand) => EditResult;
  onConnect: () => void;
  onDelete: () => void;
  /** Goes to a place that names the node; answers whether that is in this drawing. */
  onGo: (use: Use) => boolean;
}

/** Everything about one task that can be changed here; the rest of its document is a link away. */
export function Inspector(props: InspectorProps) {
  const { workflow, configuration, node: key, plan, onRun, onConnect, onDelete, onGo } = props;
  const on = useStable({ onConnect, onDelete });
  const node = workflow.nodes[key];
  if (!node) return null;
  const planned = plan?.tasks[key];
  return (
    <div className={classes['inspector']} data-inspector>
      <Stack gap="sm">
        <TitleField workflow={workflow.key} node={key} title={nodeTitle(workflow, configuration, key)} onRun={onRun} />
        {planned ? (
          <p className={classes['plan']}>
            {dateInWords(planned.start)} <IconArrowRight size={13} aria-label="to" /> {dateInWords(planned.finish)}
            {planned.critical ? (
              <Badge tone="critical" icon={<CriticalMark />}>
                Critical
              </Badge>
            ) : (
              <Badge>float {planned.float} wd</Badge>
            )}
          </p>
        ) : null}
        {node.type === 'task' ? <TaskFields {...props} task={node} /> : <OtherFields {...props} />}
        <LinkList workflow={workflow} configuration={configuration} node={key} onRun={onRun} />
        <NamedIn part={{ workflow: workflow.key, node: key }} configuration={configuration} onGo={onGo} />
        <NodeButtons {...on} />
      </Stack>
    </div>
  );
}

/** The fields of what is no task. */
function OtherFields({ workflow, configuration, node: nodeKey, onRun }: InspectorProps) {
  const node = workflow.nodes[nodeKey];
  const common = { workflow, configuration, nodeKey, onRun };
  switch (node?.type) {
    case 'decision':
      return <DecisionFields {...common} node={node} />;
    case 'communication':
      return <CommunicationFields {...common} node={node} />;
    case 'milestone':
      return <MilestoneFields {...common} node={node} />;
    case 'end':
      return <EndFields {...common} node={node} />;
    default:
      return null;
  }
}

// What follows is drawn anew when it shows something else, not with every letter typed into another field.

const TitleField = memo(function TitleField({
  workflow,
  node,
  title,
  onRun,
}: Pick<InspectorProps, 'node' | 'onRun'> & { workflow: string; title: string }) {
  return (
    <TextInput
      label="Title"
      data-place={`/nodes/${node}/title`}
      value={title}
      onChange={(event) =>
        event.currentTarget.value.trim() !== '' &&
        onRun({ type: 'renameNode', workflow, node, title: event.currentTarget.value })
      }
    />
  );
});

const NodeButtons = memo(function NodeButtons({ onConnect, onDelete }: Pick<InspectorProps, 'onConnect' | 'onDelete'>) {
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconPlugConnected size={14} />} onClick={onConnect}>
        Link to…
      </Button>
      <Button variant="default" leftSection={<IconTrash size={14} />} onClick={onDelete}>
        Delete
      </Button>
    </Group>
  );
});
