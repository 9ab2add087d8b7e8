import type { CaseRelation } from '../../schemas/api.ts';
import type { CaseCommandType } from '../../schemas/case-command.ts';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';

export interface Me {
  user: { id: string; name: string };
  roles: string[];
  organisation: { id: string; name: string };
  previewClock?: boolean;
  /** The clock that cases live by, seconds. */
  now: Moment;
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

/** An instant: seconds since 1970 or ISO text. */
export type Moment = number | string;

/** One task of a case. */
export interface TaskRow {
  id: string;
  node: string;
  title: string;
  state: string;
  slaState: SlaState;
  owner: string | null;
  group: string | null;
  activeAt: Moment | null;
  startedAt: Moment | null;
  endedAt: Moment | null;
  releaseAt: Moment | null;
  amberAt: Moment | null;
  dueAt: Moment | null;
  breachedAt: Moment | null;
  paused: boolean;
  occurrence: number;
  mandatory: boolean;
  outcome: string | null;
}

export type Urgency = 'exceeded' | 'amber' | 'onTrack' | 'paused';

export interface WorklistItem {
  caseId: string;
  reference: string;
  workflow: string;
  isSample: boolean;
  urgency: Urgency;
  task: TaskRow;
}

export interface WorklistAnswer {
  items: WorklistItem[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  counts: Partial<Record<Urgency, number>>;
  now: Moment;
}

export interface CaseRow {
  id: string;
  reference: string;
  workflow: string;
  title?: string;
  release: number;
  isSample: boolean;
  status: string;
  stage: string | null;
  outcome: string | null;
  slaState: SlaState | null;
  owner: string | null;
  group: string | null;
  receivedAt: Moment;
  dueAt: Moment | null;
  breachedAt: Moment | null;
  paused: boolean;
  closedAt: Moment | null;
  revision: number;
}

export interface ClockRow {
  id: string;
  key: string;
  title: string;
  startedAt: Moment;
  dueAt: Moment | null;
  breachedAt: Moment | null;
  outcome: 'open' | 'met' | 'exceeded' | 'lapsed' | 'cancelled';
}

export interface CasePage {
  case: CaseRow;
  customer: { name?: string; email?: string; phone?: string } | null;
  answers: Record<string, unknown>;
  tasks: TaskRow[];
  clocks: ClockRow[];
  /** How each date follows, in words: by item (`case:`, `task:ID`, `clock:ID`) and name of its clock. */
  explanations?: Record<string, Record<string, string>>;
  allowed: { case: CaseCommandType[]; tasks: Record<string, CaseCommandType[]>; addable?: string[] };
  links: unknown[];
  /** Linked cases, the resource it plans, interests it raised. */
  related?: CaseRelation[];
  now: Moment;
  privateToOwner?: boolean;
  customerId?: string | null;
  /** Information fields filled in so far, by task. */
  fields?: Record<string, Record<string, unknown>>;
  money?: { key: string; label: string; amount: number | null }[];
  agencies?: { key: string; title: string; phone?: string; url?: string }[];
}

export interface DirectoryAnswer {
  users: Record<string, { name: string; teams: string[] }>;
}

export interface TimelineEntry {
  seq: number;
  at: Moment;
  text: string;
  kind: string;
  task?: string;
  actor: string;
  /** Personal values the sentence leaves out: name to reference. */
  refs?: Record<string, string>;
}

export interface Drawing {
  workflow: WorkflowDocument;
  layout: LayoutDocument | null;
}

export interface MessagesAnswer {
  messages: MessageRow[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  total: number;
  unread: number;
}

export interface MessageRow {
  id: string;
  caseId: string;
  task: string | null;
  title: string;
  body: string;
  urgent: boolean;
  createdAt: Moment;
  readAt: Moment | null;
}

export interface ReleaseRow {
  number: number;
  digest: string;
  note?: string | null;
  author?: string | null;
  approver?: string | null;
  publishedAt: Moment;
  startsAt?: Moment | null;
  /** draft, rollback:NUMBER or promoted:DIGEST. */
  origin?: string;
}
