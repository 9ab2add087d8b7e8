import { Tabs, TextInput } from '@mantine/core';
import type { Finding } from '../../schemas/finding.ts';
import { FindingsPanel, partFindings } from '../ui/findings-panel.tsx';
import classes from './designer.module.css';
import { nodeTitle } from './drawing.ts';
import { Inspector } from './inspector.tsx';
import { LinkRow } from './link-list.tsx';
import type { DesignerState } from './use-designer.ts';
import { WorkflowSummary } from './workflow-summary.tsx';

export type SideTab = 'inspector' | 'findings';

/** What is chosen, to be read and changed, and beside it the findings. */
export function SidePanel({
  designer,
  tab,
  onTab,
  onGo,
}: {
  designer: DesignerState;
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  onGo: (finding: Finding) => void;
}) {
  const { selected, findings, settled } = designer;
  const chosen = selected ? ('node' in selected ? 'Task' : 'Link') : 'Workflow';
  return (
    <aside className={classes['side']} aria-label="Inspector and findings">
      <Tabs value={tab} onChange={(next) => onTab(next as SideTab)} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="inspector">{chosen}</Tabs.Tab>
          <Tabs.Tab value="findings">
            Findings ({settled || findings.length > 0 ? partFindings(findings).serious.length : '…'})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="inspector">
          <Chosen designer={designer} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <FindingsPanel findings={findings} settled={settled} onGo={onGo} onFix={designer.fix} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

function Chosen({ designer }: { designer: DesignerState }) {
  const { workflow, configuration, planned, selected, start, setStart, run } = designer;
  if (!workflow) return null;
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
      />
    );
  }
  const link = selected && 'link' in selected ? workflow.links[selected.link] : undefined;
  if (selected && 'link' in selected && link) {
    return (
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
