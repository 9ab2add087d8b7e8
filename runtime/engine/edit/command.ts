import type { AnyDocument, Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import type { LayoutDocument } from '../../../schemas/settings.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import type { Lag, LinkType, WorkflowNode } from '../../../schemas/workflow.ts';

/** What the studio edits: the draft's documents and, outside of what is published, where nodes lie. */
export interface DraftContent {
  readonly configuration: Configuration;
  readonly layouts: Readonly<Record<string, LayoutDocument>>;
}

export interface Position {
  x: number;
  y: number;
}

/** Every change of a draft, from whatever view, is one of these. */
export type EditCommand =
  | {
      type: 'addTask';
      workflow: string;
      node: string;
      task: TaskDocument | string;
      mandatory?: boolean;
      at?: Position;
      /** The predecessor it is linked to, in the same step. */
      after?: string;
    }
  | { type: 'addNode'; workflow: string; node: string; value: WorkflowNode; at?: Position }
  | { type: 'removeNodes'; workflow: string; nodes: string[] }
  | {
      type: 'linkTasks';
      workflow: string;
      from: string;
      to: string;
      linkType: LinkType;
      lag?: Lag;
      calendar?: string;
      branch?: string;
    }
  | { type: 'unlink'; workflow: string; links: string[] }
  | { type: 'setLag'; workflow: string; link: string; lag?: Lag }
  | { type: 'setLinkType'; workflow: string; link: string; linkType: LinkType }
  /** All settings of a link; what is not given is taken away. */
  | {
      type: 'changeLink';
      workflow: string;
      link: string;
      linkType: LinkType;
      lag?: Lag;
      calendar?: string;
      branch?: string;
    }
  /** Puts nodes before another one of the list, or at its end. */
  | { type: 'reorderNodes'; workflow: string; nodes: string[]; before?: string }
  | { type: 'renameNode'; workflow: string; node: string; title: string }
  | { type: 'setNodeField'; workflow: string; node: string; field: string; value?: unknown }
  | { type: 'setDocumentField'; kind: DocumentKind; key: string; path: string[]; value?: unknown }
  | { type: 'moveNodes'; workflow: string; positions: Record<string, Position> }
  | { type: 'putDocument'; document: AnyDocument }
  | { type: 'removeDocument'; kind: DocumentKind; key: string }
  /** Several commands as one step: each sees what the ones before it did; one refused refuses all. */
  | { type: 'batch'; label: string; commands: readonly EditCommand[] };

/** Why a command is refused: what is wrong and what would put it right. */
export interface EditRefusal {
  code:
    | 'DOCUMENT_MISSING'
    | 'DOCUMENT_INVALID'
    | 'NODE_MISSING'
    | 'NODE_TWICE'
    | 'LINK_MISSING'
    | 'LINK_TWICE'
    | 'LINK_TO_ITSELF'
    | 'LINK_FROM_END'
    | 'BRANCH_MISSING'
    | 'PLAN_CYCLE'
    | 'TITLE_EMPTY'
    | 'FIELD_FIXED';
  message: string;
  values: Record<string, unknown>;
}
