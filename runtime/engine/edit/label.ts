import type { Configuration } from '../../../schemas/configuration.ts';
import type { EditCommand } from './command.ts';

/** The words after "Undo" and "Redo". */
export function editLabel(command: EditCommand, configuration: Configuration): string {
  switch (command.type) {
    case 'addTask':
      return command.after ? `Add task ${command.node} after ${command.after}` : `Add task ${command.node}`;
    case 'addNode':
      return `Add ${command.value.type} ${command.node}`;
    case 'removeNodes':
      return command.nodes.length === 1 ? `Delete ${command.nodes[0]}` : `Delete ${command.nodes.length} tasks`;
    case 'linkTasks':
      return `Link ${command.from} to ${command.to}`;
    case 'unlink':
      return command.links.length === 1 ? 'Remove link' : `Remove ${command.links.length} links`;
    case 'setLag':
      return `Set lag of ${linkName(command, configuration)}`;
    case 'setLinkType':
      return `Set type of ${linkName(command, configuration)}`;
    case 'changeLink':
      return `Change link ${linkName(command, configuration)}`;
    case 'reorderNodes':
      return command.nodes.length === 1 ? `Reorder ${command.nodes[0]}` : `Reorder ${command.nodes.length} tasks`;
    case 'renameNode':
      return `Rename ${command.node}`;
    case 'setNodeField':
      return `Set ${toWords(command.field)} of ${command.node}`;
    case 'setDocumentField':
      return `Set ${toWords(command.path[0] ?? '')} of ${command.key}`;
    case 'moveNodes': {
      const moved = Object.keys(command.positions);
      return moved.length === 1 ? `Move ${moved[0]}` : `Move ${moved.length} tasks`;
    }
    case 'putDocument': {
      const { kind, key } = command.document;
      return `${Object.hasOwn(configuration[kind], key) ? 'Change' : 'Add'} ${kind} ${key}`;
    }
    case 'removeDocument':
      return `Delete ${command.kind} ${command.key}`;
    case 'batch':
      return command.label;
  }
}

/** Steps that are one gesture when they follow each other at once: typing in a field, nudging a card. */
export function editMergeKey(command: EditCommand): string | undefined {
  switch (command.type) {
    case 'renameNode':
      return `rename:${command.workflow}/${command.node}`;
    case 'setNodeField':
      return `field:${command.workflow}/${command.node}/${command.field}`;
    case 'setDocumentField':
      return `field:${command.kind}/${command.key}/${command.path.join('/')}`;
    case 'setLag':
    case 'setLinkType':
    case 'changeLink':
      return `link:${command.workflow}/${command.link}`;
    case 'moveNodes':
      return `move:${command.workflow}/${Object.keys(command.positions).sort().join(',')}`;
    case 'putDocument':
      return `put:${command.document.kind}/${command.document.key}`;
    default:
      return undefined;
  }
}

function linkName(command: { workflow: string; link: string }, configuration: Configuration): string {
  const link = configuration.workflow[command.workflow]?.links[command.link];
  return link ? `${link.from} to ${link.to}` : command.link;
}

function toWords(field: string): string {
  return field === 'sla' ? 'SLA' : field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
