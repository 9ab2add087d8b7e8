import { Tabs } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { CasePage, DirectoryAnswer, Drawing as DrawingAnswer, TimelineEntry } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Page, Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { SlaBadge, StateBadge } from '../ui/states.tsx';
import { Canvas } from '../workflow-designer/canvas.tsx';
import { layoutByRank } from '../workflow-designer/layout.ts';
import type { Selected } from '../workflow-designer/selection.ts';
import { CaseFacts } from './case-facts.tsx';
import classes from './case-view.module.css';
import { CommandButtons } from './command-buttons.tsx';
import { toLive } from './live-states.ts';
import { ownerName } from './people.ts';
import { PreviewClock } from './preview-clock.tsx';
import { slaInWords } from './sla-words.ts';
import { TaskList } from './task-list.tsx';
import { Timeline } from './timeline.tsx';
import type { AskedCommand } from './use-case-command.ts';

export interface CaseViewProps {
  page: CasePage;
  drawing: DrawingAnswer;
  configuration: Configuration;
  timeline?: { entries: TimelineEntry[]; personal: Record<string, unknown> } | undefined;
  directory?: DirectoryAnswer | undefined;
  busy: boolean;
  failure?: string | undefined;
  onCommand: (command: AskedCommand, needsForm: boolean) => void;
  /** Panels below the facts. */
  panels?: ReactNode;
  /** The live schedule. */
  plan?: ReactNode;
}

/** The case as people work it: tasks with what is allowed now, the drawing with live states, clocks, history. */
export function CaseView({
  page,
  drawing,
  configuration,
  timeline,
  directory,
  busy,
  failure,
  onCommand,
  panels,
  plan,
}: CaseViewProps) {
  const row = page.case;
  const [tab, setTab] = useState<string | null>('tasks');
  const [selected, setSelected] = useState<Selected>();
  const live = useMemo(() => toLive(page, directory, configuration), [page, directory, configuration]);
  const workflow = useMemo(() => withTitles(drawing, page, configuration), [drawing, page, configuration]);
  const shown = useMemo(() => ({ workflow, configuration, live }), [workflow, configuration, live]);
  const commands = { page, configuration, workflow: drawing.workflow, busy, onCommand };
  return (
    <Page
      wide
      title={
        <>
          {row.title ?? row.workflow} <span className={record['reference']}>{row.reference}</span>
        </>
      }
      lead={
        <span className={record['badges']}>
          <StateBadge state={row.status} />
          {row.slaState && !row.closedAt ? <SlaBadge state={row.slaState} /> : null}
          <span>{slaInWords({ ...row, endedAt: row.closedAt }, page.now)}</span>
          {row.isSample ? <Badge>sample</Badge> : null}
          <span>Owner: {ownerName(row, directory, configuration)}</span>
        </span>
      }
      actions={
        <>
          <PreviewClock />
          <CommandButtons {...commands} allowed={page.allowed.case} label="the case" />
        </>
      }
    >
      {failure ? (
        <p role="alert" className={record['failure']}>
          {failure}
        </p>
      ) : null}
      <div className={record['columns']}>
        <div className={classes['main']}>
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="tasks">Tasks</Tabs.Tab>
              <Tabs.Tab value="drawing">Drawing</Tabs.Tab>
              {plan ? <Tabs.Tab value="plan">Plan</Tabs.Tab> : null}
              <Tabs.Tab value="history">History</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="tasks" pt="sm">
              <TaskList {...commands} directory={directory} />
            </Tabs.Panel>
            <Tabs.Panel value="drawing" pt="sm">
              <div className={classes['canvas']}>
                <Canvas
                  drawing={shown}
                  positions={drawing.layout?.positions ?? layoutByRank(workflow)}
                  selected={selected}
                  onSelect={setSelected}
                  label={`Drawing of ${row.reference} with the state of each task. Arrows walk from task to task.`}
                />
              </div>
            </Tabs.Panel>
            <Tabs.Panel value="plan" pt="sm">
              {plan}
            </Tabs.Panel>
            <Tabs.Panel value="history" pt="sm">
              <Panel title="History" flush>
                <Timeline timeline={timeline} directory={directory} />
              </Panel>
            </Tabs.Panel>
          </Tabs>
        </div>
        <CaseFacts page={page} configuration={configuration} drawing={drawing}>
          {panels}
        </CaseFacts>
      </div>
    </Page>
  );
}

/** Titles as the case knows them, so that the drawing reads the same while the release is still loading. */
function withTitles(drawing: DrawingAnswer, page: CasePage, configuration: Configuration): DrawingAnswer['workflow'] {
  const titles = new Map(page.tasks.map((task) => [task.node, task.title]));
  const nodes = Object.entries(drawing.workflow.nodes).map(([key, node]) => [
    key,
    node.type === 'task' && !node.title && !configuration.task[node.task]
      ? { ...node, title: titles.get(key) ?? node.task }
      : node,
  ]);
  return { ...drawing.workflow, nodes: Object.fromEntries(nodes) };
}
