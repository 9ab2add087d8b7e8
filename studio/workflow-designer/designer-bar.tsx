import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconKeyboard, IconPlus, IconSitemap } from '@tabler/icons-react';
import { SaveMark } from '../document/save-mark.tsx';
import { PublishButton } from '../publish/publish-button.tsx';
import { Badge } from '../ui/badge.tsx';
import { SeverityBadge } from '../ui/states.tsx';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import classes from './designer-bar.module.css';
import { CriticalMark } from './task-card.tsx';
import type { DesignerState } from './use-designer.ts';
import type { DesignerView } from './view.ts';
import { ViewSwitch } from './views.tsx';

/** What the workflow comes to, and what can be done with all of it. */
export function DesignerBar({
  designer,
  view,
  onView,
  onSheet,
}: {
  designer: DesignerState;
  view: DesignerView;
  onView: (view: DesignerView) => void;
  onSheet: () => void;
}) {
  const { workflow, planned, history, findings, start } = designer;
  const [lastDone, nextDone] = [history.past.at(-1)?.label, history.future[0]?.label];
  if (!workflow) return null;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return (
    <header className={classes['bar']}>
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
      <span className={classes['spring']} />
      <SaveMark />
      <ViewSwitch view={view} onView={onView} />
      <div className={classes['tools']} role="toolbar" aria-label="Edit the drawing">
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => designer.addTask()}>
          Add task
        </Button>
        <Tooltip label={lastDone ? `Undo ${lastDone}` : 'Nothing to undo'}>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={lastDone ? `Undo ${lastDone}` : 'Undo'}
            disabled={!lastDone}
            onClick={designer.undo}
          >
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={nextDone ? `Redo ${nextDone}` : 'Nothing to redo'}>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={nextDone ? `Redo ${nextDone}` : 'Redo'}
            disabled={!nextDone}
            onClick={designer.redo}
          >
            <IconArrowForwardUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Tidy the drawing">
          <ActionIcon variant="default" size="md" aria-label="Tidy the drawing" onClick={designer.tidy}>
            <IconSitemap size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keys of the designer">
          <ActionIcon
            className={classes['wideOnly'] ?? ''}
            variant="default"
            size="md"
            aria-label="Keys of the designer"
            onClick={onSheet}
          >
            <IconKeyboard size={16} />
          </ActionIcon>
        </Tooltip>
        <PublishButton />
      </div>
    </header>
  );
}
