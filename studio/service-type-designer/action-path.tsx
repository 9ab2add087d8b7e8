import { Button, Checkbox } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { ServiceTypeDocument } from '../../schemas/settings.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { WorkflowPlan } from '../document/engine.ts';
import { Badge } from '../ui/badge.tsx';
import { dateInWords } from '../words/date-words.ts';
import { nodeTitle } from '../workflow-designer/drawing.ts';
import { CriticalMark } from '../workflow-designer/task-card.tsx';
import classes from './action-path.module.css';

/** Every action of the plan with a tick for the key ones; what the checks say of one stands beside it. */
export function ActionPath({
  type,
  plan,
  configuration,
  planned,
  findings,
  onChoose,
}: {
  type: ServiceTypeDocument;
  plan: WorkflowDocument;
  configuration: Configuration;
  planned: WorkflowPlan | undefined;
  findings: readonly Finding[];
  onChoose: (keys: readonly string[], said: string) => void;
}) {
  const chosen = new Set(type.actionPath);
  const gone = type.actionPath.filter((key) => !plan.nodes[key]);
  const about = (key: string) =>
    findings.filter(({ pointer, values }) => pointer.startsWith('/actionPath') && values['node'] === key);
  const toggle = (key: string, isKey: boolean) => {
    const others = type.actionPath.filter((one) => one !== key);
    onChoose(isKey ? [...others, key] : others, `${key} is ${isKey ? 'a key action' : 'no key action'}`);
  };
  const actions = inOrder(plan.nodes).filter((node) => node.type === 'task' || node.type === 'milestone');
  return (
    <ul className={classes['actions']} aria-label="Actions of the plan">
      {actions.map(({ key }) => {
        const task = planned?.tasks[key];
        return (
          <li key={key} data-key={chosen.has(key) || undefined}>
            <Checkbox
              checked={chosen.has(key)}
              onChange={(event) => toggle(key, event.currentTarget.checked)}
              label={
                <>
                  <b className="numeric">{key}</b> {nodeTitle(plan, configuration, key)}
                </>
              }
            />
            <span className={classes['dates']}>
              {task?.critical ? (
                <Badge tone="critical" icon={<CriticalMark />}>
                  Critical
                </Badge>
              ) : null}
              {task ? `by ${dateInWords(task.finish)}` : 'not in the plan'}
            </span>
            <Lint findings={about(key)} />
          </li>
        );
      })}
      {gone.map((key) => (
        <li key={key} data-key>
          <span>
            <b className="numeric">{key}</b> is not in {plan.title}
          </span>
          <Button variant="default" size="compact-xs" onClick={() => toggle(key, false)}>
            Take out {key}
          </Button>
          <Lint findings={about(key)} />
        </li>
      ))}
    </ul>
  );
}

function Lint({ findings }: { findings: readonly Finding[] }) {
  return findings.map(({ code, message, severity }) => (
    <p key={code} className={classes['lint']} data-severity={severity}>
      <IconAlertTriangle size={13} aria-hidden="true" /> {message}
    </p>
  ));
}
