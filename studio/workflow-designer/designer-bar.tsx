import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { memo } from 'react';
import { SaveMark } from '../document/save-mark.tsx';
import { ExchangeMenu } from '../exchange/exchange-menu.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import { Badge } from '../ui/badge.tsx';
import classes from '../ui/bar.module.css';
import { SeverityBadge } from '../ui/states.tsx';
import { useStable } from '../ui/use-stable.ts';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import { IconButton } from './icon-button.tsx';
import { type CommandId, designerCommands } from './keys.ts';
import { CriticalMark } from './task-card.tsx';
import type { DesignerState } from './use-designer.ts';
import type { ViewOptions } from './use-view-options.ts';
import { useWorkflowFindings } from './use-workflow-findings.ts';
import type { DesignerView } from './view.ts';
import { ViewSwitch } from './views.tsx';

interface BarProps {
  designer: DesignerState;
  options: ViewOptions;
  onView: (view: DesignerView) => void;
  onCommand: (command: CommandId) => void;
  /** Plays the workflow as a virtual case. */
  onPlay: () => void;
}

/** What the workflow comes to, and what can be done with all of it. */
export function DesignerBar({ designer, options, onView, onCommand, onPlay }: BarProps) {
  const { workflow, history } = designer;
  const { undo, redo, importNodes } = designer;
  const on = useStable({ onView, onCommand, onPlay, undo, redo, importNodes });
  if (!workflow) return null;
  return (
    <header className={classes['bar']}>
      <Standing designer={designer} />
      <span className={classes['spring']} />
      <SaveMark />
      <Tools
        on={on}
        workflow={designer.key}
        start={designer.start}
        lastDone={history.past.at(-1)?.label}
        nextDone={history.future[0]?.label}
        view={options.view}
        shown={options.shown}
        panel={options.panel}
      />
    </header>
  );
}

interface ToolsProps extends Pick<ViewOptions, 'view' | 'shown' | 'panel'> {
  on: Pick<BarProps, 'onView' | 'onCommand' | 'onPlay'> & Pick<DesignerState, 'undo' | 'redo' | 'importNodes'>;
  workflow: string;
  start: string;
  lastDone: string | undefined;
  nextDone: string | undefined;
}

/** Nothing here shows the plan: it is not drawn anew with every letter typed. */
const Tools = memo(function Tools({ on, workflow, start, lastDone, nextDone, view, shown, panel }: ToolsProps) {
  return (
    <>
      <ViewSwitch view={view} onView={on.onView} />
      <div className={classes['tools']} role="toolbar" aria-label="Edit the drawing">
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => on.onCommand('add')}>
          Add task
        </Button>
        <IconButton
          label={lastDone ? `Undo ${lastDone}` : 'Undo'}
          icon={IconArrowBackUp}
          disabled={!lastDone}
          onClick={on.undo}
        />
        <IconButton
          label={nextDone ? `Redo ${nextDone}` : 'Redo'}
          icon={IconArrowForwardUp}
          disabled={!nextDone}
          onClick={on.redo}
        />
        <ArrangeMenu shown={shown} onCommand={on.onCommand} />
        <IconButton
          label="Find a command, a task or a document"
          icon={IconSearch}
          onClick={() => on.onCommand('palette')}
        />
        <span className={classes['wideOnly']}>
          <IconButton label="Keys of the designer" icon={IconKeyboard} onClick={() => on.onCommand('sheet')} />
        </span>
        {view === 'source' ? null : (
          <IconButton
            label="Panel beside the view"
            icon={IconLayoutSidebarRight}
            pressed={panel}
            onClick={() => on.onCommand('panel')}
          />
        )}
        <ExchangeMenu workflow={workflow} start={start} onMerge={on.importNodes} />
        <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={on.onPlay}>
          Play
        </Button>
        <PublishButton />
      </div>
    </>
  );
});

function Standing({ designer: { key, workflow, planned, start } }: { designer: DesignerState }) {
  const findings = useWorkflowFindings({ key, nodes: workflow?.nodes });
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  if (!workflow) return null;
  return (
    <>
      <h1 className={classes['title']}>
        {workflow.title} <span className={classes['key']}>{workflow.key}</span>
      </h1>
      {planned.ok ? (
        <Badge
          tone="critical"
          icon={<CriticalMark />}
          title={`Started on ${dateInWords(start)}, it ends on ${dateInWords(planned.plan.finish)}`}
        >
          Critical path {daysBetween(start, planned.plan.finish)} days, to {dateInWords(planned.plan.finish)}
        </Badge>
      ) : 'cycle' in planned ? (
        <Badge tone="bad">No plan: cycle {planned.cycle.join(', ')}</Badge>
      ) : null}
      {errors > 0 ? <SeverityBadge severity="error" count={errors} /> : null}
    </>
  );
}

const tidying: readonly CommandId[] = ['tidy', 'tidyByTime', 'tidyByOwner'];
const showing = ['lanes', 'dates', 'map'] as const;
const zooming: readonly CommandId[] = ['zoomFit', 'zoomFull'];

/** How the drawing lies and what it shows: never what is published. */
function ArrangeMenu({ shown, onCommand }: { shown: ViewOptions['shown']; onCommand: (command: CommandId) => void }) {
  const word = (id: CommandId) => designerCommands.find((command) => command.id === id);
  const item = (id: CommandId) => (
    <Menu.Item key={id} rightSection={word(id)?.keys} onClick={() => onCommand(id)}>
      {word(id)?.does}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Arrange and show">
          <ActionIcon variant="default" size="md" aria-label="Arrange and show">
            <IconSitemap size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Arrange</Menu.Label>
        {tidying.map(item)}
        <Menu.Label>Show on the canvas</Menu.Label>
        {showing.map((id) => (
          <Menu.Item key={id} onClick={() => onCommand(id)} rightSection={shown[id] ? 'shown' : undefined}>
            {word(id)?.does}
          </Menu.Item>
        ))}
        {zooming.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
