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
import { SaveMark } from '../document/save-mark.tsx';
import { ExchangeMenu } from '../exchange/exchange-menu.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import { Badge } from '../ui/badge.tsx';
import classes from '../ui/bar.module.css';
import { SeverityBadge } from '../ui/states.tsx';
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
  const [lastDone, nextDone] = [history.past.at(-1)?.label, history.future[0]?.label];
  if (!workflow) return null;
  return (
    <header className={classes['bar']}>
      <Standing designer={designer} />
      <span className={classes['spring']} />
      <SaveMark />
      <ViewSwitch view={options.view} onView={onView} />
      <div className={classes['tools']} role="toolbar" aria-label="Edit the drawing">
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => onCommand('add')}>
          Add task
        </Button>
        <IconButton
          label={lastDone ? `Undo ${lastDone}` : 'Undo'}
          icon={IconArrowBackUp}
          disabled={!lastDone}
          onClick={designer.undo}
        />
        <IconButton
          label={nextDone ? `Redo ${nextDone}` : 'Redo'}
          icon={IconArrowForwardUp}
          disabled={!nextDone}
          onClick={designer.redo}
        />
        <ArrangeMenu options={options} onCommand={onCommand} />
        <IconButton
          label="Find a command, a task or a document"
          icon={IconSearch}
          onClick={() => onCommand('palette')}
        />
        <span className={classes['wideOnly']}>
          <IconButton label="Keys of the designer" icon={IconKeyboard} onClick={() => onCommand('sheet')} />
        </span>
        {options.view === 'source' ? null : (
          <IconButton
            label="Panel beside the view"
            icon={IconLayoutSidebarRight}
            pressed={options.panel}
            onClick={() => onCommand('panel')}
          />
        )}
        <ExchangeMenu workflow={designer.key} start={designer.start} onMerge={designer.importNodes} />
        <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={onPlay}>
          Play
        </Button>
        <PublishButton />
      </div>
    </header>
  );
}

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
function ArrangeMenu({ options, onCommand }: { options: ViewOptions; onCommand: (command: CommandId) => void }) {
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
          <Menu.Item key={id} onClick={() => onCommand(id)} rightSection={options.shown[id] ? 'shown' : undefined}>
            {word(id)?.does}
          </Menu.Item>
        ))}
        {zooming.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
