import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { CasePage } from '../api/types.ts';
import { commandForms, commandOrder } from './command-forms.ts';
import type { AskedCommand } from './use-case-command.ts';

export interface CommandContext {
  page: CasePage;
  configuration: Configuration;
  workflow: WorkflowDocument;
  busy: boolean;
  onCommand: (command: AskedCommand, needsForm: boolean) => void;
}

/** Only what is allowed now: the usual next steps as buttons, the rest in a menu. */
export function CommandButtons({
  allowed,
  task,
  label,
  configuration,
  workflow,
  busy,
  onCommand,
}: CommandContext & { allowed: readonly CaseCommandType[]; task?: string; label: string }) {
  const offered = commandOrder.filter((type) => allowed.includes(type));
  const primary = offered.filter((type) => commandForms[type]?.primary);
  const others = offered.filter((type) => !commandForms[type]?.primary);
  const give = (type: CaseCommandType) =>
    onCommand({ type, ...(task ? { task } : {}) }, needsForm(type, task, workflow, configuration));
  return (
    <>
      {primary.map((type, at) => (
        <Button
          key={type}
          variant={at === 0 ? 'filled' : 'default'}
          disabled={busy}
          onClick={() => give(type)}
          aria-label={`${commandForms[type]?.label} ${label}`}
        >
          {commandForms[type]?.label}
        </Button>
      ))}
      {others.length > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="md" aria-label={`More for ${label}`} disabled={busy}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((type) => (
              <Menu.Item key={type} onClick={() => give(type)}>
                {commandForms[type]?.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  );
}

/** Completing asks only where the task has outcomes or fields. */
function needsForm(
  type: CaseCommandType,
  task: string | undefined,
  workflow: WorkflowDocument,
  configuration: Configuration,
): boolean {
  const form = commandForms[type];
  if (type !== 'completeTask') return (form?.fields.length ?? 0) > 0;
  const node = workflow.nodes[task?.replace(/\.\d+$/, '') ?? ''];
  const document = node?.type === 'task' ? configuration.task[node.task] : undefined;
  return Object.keys(document?.outcomes ?? {}).length + Object.keys(document?.fields ?? {}).length > 0;
}
