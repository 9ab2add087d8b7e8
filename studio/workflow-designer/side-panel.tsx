import { Button, Tabs, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import type { Link } from '../../schemas/workflow.ts';
import { useChecked } from '../document/draft-context.tsx';
import type { Use } from '../document/engine.ts';
import { FindingsPanel, partFindings } from '../ui/findings-panel.tsx';
import classes from './designer.module.css';
import { nodeTitle } from './drawing.ts';
import { Inspector } from './inspector.tsx';
import { LinkRow } from './link-list.tsx';
import { nodeKinds } from './new-node.ts';
import type { QuickAddWish } from './quick-add.tsx';
import type { DesignerState } from './use-designer.ts';
import { useWorkflowFindings } from './use-workflow-findings.ts';
import { WorkflowSummary } from './workflow-summary.tsx';

export type SideTab = 'inspector' | 'findings';

/** What is chosen, to be read and changed, and beside it the findings. */
export function SidePanel({
  designer,
  tab,
  onTab,
  onGo,
  onGoTo,
  onPlay,
}: {
  designer: DesignerState;
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  onGo: (finding: Finding) => void;
  /** Goes to a place of the open workflow; answers false for any other. */
  onGoTo: (use: Use) => boolean;
  onPlay: (finding: Finding) => void;
}) {
  const chosen = tabTitle(designer);
  return (
    <aside className={classes['side']} data-side aria-label="Inspector and findings">
      <Tabs value={tab} onChange={(next) => onTab(next as SideTab)} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="inspector">{chosen}</Tabs.Tab>
          <Tabs.Tab value="findings">
            <FindingsTitle designer={designer} />
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="inspector">
          <Chosen designer={designer} onGo={onGoTo} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <SettledFindings designer={designer} onGo={onGo} onFix={designer.fix} onPlay={onPlay} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

/** How many there are; drawn anew by itself while the checker is at work. */
function FindingsTitle({ designer: { key, workflow } }: { designer: DesignerState }) {
  const findings = useWorkflowFindings({ key, nodes: workflow?.nodes });
  const { settled, isCurrent } = useChecked();
  return (
    <span data-current={isCurrent}>
      Findings ({settled || findings.length > 0 ? partFindings(findings).serious.length : '…'})
    </span>
  );
}

function SettledFindings({
  designer: { key, workflow },
  ...props
}: Omit<ComponentProps<typeof FindingsPanel>, 'settled' | 'hasFailed' | 'findings'> & { designer: DesignerState }) {
  const findings = useWorkflowFindings({ key, nodes: workflow?.nodes });
  const { settled, hasFailed } = useChecked();
  return <FindingsPanel {...props} findings={findings} settled={settled} hasFailed={hasFailed} />;
}

/** What is chosen, as people call it. */
function tabTitle({ workflow, chosen, selected }: DesignerState): string {
  if (chosen.length > 1) return `${chosen.length} tasks`;
  if (!selected) return 'Workflow';
  if ('link' in selected) return 'Link';
  const type = workflow?.nodes[selected.node]?.type;
  return nodeKinds.find((kind) => kind.type === type)?.title ?? 'Task';
}

function Chosen({ designer, onGo }: { designer: DesignerState; onGo: (use: Use) => boolean }) {
  const { workflow, configuration, planned, selected, start, setStart, run } = designer;
  if (!workflow) return null;
  if (designer.chosen.length > 1) return <Several designer={designer} />;
  if (selected && 'node' in selected && workflow.nodes[selected.node]) {
    return (
      <Inspector
        workflow={workflow}
        configuration={configuration}
        node={selected.node}
        plan={planned.ok ? planned.plan : undefined}
        onRun={run}
        onConnect={() => designer.setSession({ from: selected.node })}
        onDelete={designer.remove}
        onGo={onGo}
      />
    );
  }
  const link = selected && 'link' in selected ? workflow.links[selected.link] : undefined;
  if (selected && 'link' in selected && link) {
    return (
      <>
        <ul className={classes['oneLink']}>
          <LinkRow
            key={selected.link}
            open
            linkKey={selected.link}
            link={link}
            workflow={workflow.key}
            title={`${nodeTitle(workflow, configuration, link.from)} → ${nodeTitle(workflow, configuration, link.to)}`}
            onRun={run}
          />
        </ul>
        <div className={classes['linkTools']}>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => designer.quickAdd({ link: selected.link, x: 0, y: 0 }, intoLink(link))}
          >
            Put a task into this link
          </Button>
        </div>
      </>
    );
  }
  return (
    <WorkflowSummary workflow={workflow} configuration={configuration} planned={planned} start={start} onRun={run}>
      <TextInput
        type="date"
        label="Plan from"
        value={start}
        onChange={(event) => event.currentTarget.value && setStart(event.currentTarget.value)}
      />
    </WorkflowSummary>
  );
}

/** A task put into a link keeps its lag before it. */
function intoLink(link: Link): QuickAddWish {
  return { type: 'task', title: '', ...(link.lag ? { lag: link.lag } : {}) };
}

/** Several chosen tasks: what they are, and where they can be changed together. */
function Several({ designer }: { designer: DesignerState }) {
  const { workflow, configuration, chosen } = designer;
  if (!workflow) return null;
  return (
    <div className={classes['several']}>
      <strong>{chosen.length} tasks chosen</strong>
      <p>They are moved, copied and deleted together; the outline sets their fields together.</p>
      <ul>
        {chosen.slice(0, 30).map((node) => (
          <li key={node}>
            {node} {nodeTitle(workflow, configuration, node)}
          </li>
        ))}
      </ul>
      {chosen.length > 30 ? <p>… and {chosen.length - 30} more.</p> : null}
    </div>
  );
}
