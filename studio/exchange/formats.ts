import type { WorkflowFormat } from '../../runtime/engine/index.ts';

/** How a workflow can leave: formats of the engine, and the picture that only a browser makes. */
export type ExportFormat = WorkflowFormat | 'png';

/** In the menu's order; titles, ends of the file's name and media types. */
export const exportFormats: readonly { format: ExportFormat; title: string; extension: string; type: string }[] = [
  { format: 'bundle', title: 'JSON bundle, with all it needs', extension: 'json', type: 'application/json' },
  { format: 'mspdi', title: 'MS Project XML', extension: 'xml', type: 'application/xml' },
  { format: 'csv', title: 'CSV table', extension: 'csv', type: 'text/csv;charset=utf-8' },
  { format: 'ics', title: 'iCal of the due dates', extension: 'ics', type: 'text/calendar' },
  { format: 'svg', title: 'SVG picture', extension: 'svg', type: 'image/svg+xml' },
  { format: 'png', title: 'PNG picture', extension: 'png', type: 'image/png' },
  { format: 'flowchart', title: 'Mermaid flowchart', extension: 'mmd', type: 'text/plain' },
  { format: 'mermaid', title: 'Mermaid state diagrams', extension: 'machines.mmd', type: 'text/plain' },
  { format: 'xstate', title: 'XState JSON', extension: 'machines.json', type: 'application/json' },
  { format: 'typescript', title: 'XState TypeScript', extension: 'machines.ts', type: 'text/plain' },
];
