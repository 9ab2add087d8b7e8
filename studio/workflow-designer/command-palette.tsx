import '@mantine/spotlight/styles.css';
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type AnyDocument, documentKinds } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import { nodeTitle } from './drawing.ts';
import { type CommandId, designerCommands } from './keys.ts';
import type { DesignerState } from './use-designer.ts';

/** Every command of the designer, every task of the drawing and every document, by typing. */
export function CommandPalette({
  designer,
  onCommand,
  onGo,
  onOpenDocument,
  onClose,
}: {
  designer: DesignerState;
  onCommand: (command: CommandId) => void;
  onGo: (pointer: string) => void;
  onOpenDocument: (name: string) => void;
  onClose: () => void;
}) {
  const [[store, spotlight]] = useState(createSpotlight);
  useEffect(() => spotlight.open(), [spotlight]);
  const actions: SpotlightActionGroupData[] = [
    { group: 'Commands', actions: commandActions(onCommand) },
    { group: 'Tasks of this drawing', actions: taskActions(designer, onGo) },
    { group: 'Documents', actions: documentActions(designer, onOpenDocument) },
  ];
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      limit={60}
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      scrollable
      highlightQuery
      nothingFound="No command, task or document is called that."
      onSpotlightClose={onClose}
      searchProps={{
        placeholder: 'Find a command, a task or a document',
        'aria-label': 'Find a command, a task or a document',
        leftSection: <IconSearch size={18} aria-hidden="true" />,
      }}
    />
  );
}

function commandActions(onCommand: (command: CommandId) => void): SpotlightActionData[] {
  return designerCommands
    .filter((command) => !command.keysOnly && command.id !== 'palette')
    .map(({ id, does, keys, group }) => ({
      id: `command ${id}`,
      label: does,
      keywords: [group],
      ...(keys ? { description: keys } : {}),
      // The palette gives the focus back first; a command may take it then.
      onClick: () => setTimeout(() => onCommand(id), 60),
    }));
}

function taskActions(
  { workflow, configuration }: DesignerState,
  onGo: (pointer: string) => void,
): SpotlightActionData[] {
  if (!workflow) return [];
  return inOrder(workflow.nodes).map(({ key }) => ({
    id: `task ${key}`,
    label: `${key} ${nodeTitle(workflow, configuration, key)}`,
    onClick: () => setTimeout(() => onGo(`/nodes/${key}`), 60),
  }));
}

function documentActions(
  { configuration }: DesignerState,
  onOpenDocument: (name: string) => void,
): SpotlightActionData[] {
  return documentKinds.flatMap((kind) =>
    (Object.values(configuration[kind]) as AnyDocument[]).map(({ key, title }) => ({
      id: `document ${kind}/${key}`,
      label: title,
      description: `${kind} ${key}`,
      keywords: [kind, key],
      onClick: () => onOpenDocument(`${kind}/${key}`),
    })),
  );
}
