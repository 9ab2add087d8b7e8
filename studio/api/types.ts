import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';

export interface Me {
  user: { id: string; name: string };
  roles: string[];
  organisation: { name: string } | string;
}

export interface StoredDocument {
  document: AnyDocument;
  revision: number;
}

export interface DraftAnswer {
  documents: Partial<Record<DocumentKind, Record<string, StoredDocument>>>;
  baseRelease: number | null;
}

export type SlaState = 'onTrack' | 'amber' | 'exceeded';

/** One line of a worklist and one task of a case: times are instants in seconds or ISO text. */
export interface TaskRow {
  caseId: string;
  id: string;
  node: string;
  title: string;
  state: string;
  slaState: SlaState;
  owner?: string | null;
  ownerName?: string | null;
  group?: string | null;
  activeAt?: Moment | null;
  amberAt?: Moment | null;
  dueAt?: Moment | null;
  breachedAt?: Moment | null;
  completedAt?: Moment | null;
  paused?: boolean;
  occurrence?: number;
  mandatory?: boolean;
  reference?: string;
  workflow?: string;
  workflowTitle?: string;
  customer?: string | null;
}

export type Moment = number | string;

export interface CaseRow {
  id: string;
  reference: string;
  workflow: string;
  title?: string;
  status: string;
  slaState?: SlaState | null;
  owner?: string | null;
  ownerName?: string | null;
  dueAt?: Moment | null;
  launchedAt?: Moment | null;
  closedAt?: Moment | null;
  customer?: string | null;
  release?: number;
  revision?: number;
}

export interface CasePage {
  case: CaseRow;
  tasks: TaskRow[];
  allowed: { case: CaseCommandType[]; tasks: Record<string, CaseCommandType[]> };
  clocks?: { key: string; title?: string; dueAt?: Moment | null; state?: string; startedAt?: Moment | null }[];
  links?: unknown[];
}

export interface TimelineEntry {
  at: Moment;
  text: string;
  kind: string;
  task?: string;
  actor?: string;
}

export interface Drawing {
  workflow: WorkflowDocument;
  layout: LayoutDocument | null;
}

export interface MessageRow {
  id: string;
  subject?: string | null;
  text: string;
  createdAt: Moment;
  readAt?: Moment | null;
  caseId?: string | null;
  reference?: string | null;
  urgent?: boolean;
}

export interface ReleaseRow {
  number: number;
  digest: string;
  note?: string | null;
  author?: string | null;
  publishedAt?: Moment | null;
  createdAt?: Moment | null;
}

export interface PublishAnswer {
  number: number;
  digest: string;
  findings?: Finding[];
}
