import type { CaseCommandType } from '../../../schemas/case-command.ts';
import type { CaseEventPayloads, CaseEventType, ItemId, MachineValue } from '../../../schemas/case-event.ts';
import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import type { ClockState } from '../clock/state.ts';
import type { LadderState } from '../ladder/state.ts';

/** A person who works on cases; runtime data, not configuration. */
export interface DirectoryUser {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly teams: readonly string[];
  readonly manager?: string;
  readonly skills?: readonly string[];
  readonly active: boolean;
  readonly absences?: readonly Absence[];
  /** Most weight of open, unpaused tasks they are given by rule or by others (L3); absent: no limit. */
  readonly capacity?: number;
  /** Key of the calendar outside which what is not urgent waits for them (N11); absent: the organisation's. */
  readonly calendar?: string;
}

/** When somebody is away, `to` excluded. */
export interface Absence {
  readonly from: Instant;
  readonly to: Instant;
  readonly cover?: string;
  /** Open work they had: `share` lets the cover see it, `reassign` gives it to the cover (L7); default share. */
  readonly existingWork?: 'share' | 'reassign';
}

export interface Directory {
  readonly users: Readonly<Record<string, DirectoryUser>>;
}

/** What a decision may look at beside the case: everything used from it is recorded in the events. */
export interface DecideEnv {
  readonly now: Instant;
  readonly actor: string;
  /** A fresh identifier at each call; ids never come from chance inside the engine. */
  readonly ids: () => string;
  readonly calendars: Readonly<Record<string, CompiledCalendar>>;
  readonly directory: Directory;
  /** Weight of open, unpaused tasks per user (L5). */
  readonly loads: Readonly<Record<string, number>>;
  /** When each user was last given work (L5). */
  readonly lastAllocated?: Readonly<Record<string, Instant>>;
  /** Round robin cursors: allocation rule to the last person chosen (L4). */
  readonly cursors: Readonly<Record<string, string>>;
  /** States of linked cases by id. */
  readonly linked: Readonly<Record<string, string>>;
  /** The enquiry's answers; personal, so never in events or state. */
  readonly answers: Answers;
  /** Stored information fields by node, then field; personal too. */
  readonly taskFields?: Readonly<Record<string, Readonly<Record<string, AnswerValue>>>>;
  /** Statements that corrected answers gain and lose, as the shell found them with the release's advice. */
  readonly advised?: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  /** Last officer of this customer (L2). */
  readonly lastOfficer?: string;
  /** The ticker runs all the time: an advance takes what is due before now, and leaves this very instant to its commands (C2). */
  readonly isLive?: boolean;
  readonly language?: 'en' | 'cy';
}

/** An event before the store numbers it. Personal text stands in `personal` by the reference the payload holds. */
export type CaseEventDraft = {
  [T in CaseEventType]: {
    readonly type: T;
    readonly actor: string;
    readonly effectiveAt: Instant;
    readonly recordedAt: Instant;
    readonly payload: CaseEventPayloads[T];
    readonly personal?: Readonly<Record<string, AnswerValue>>;
  };
}[CaseEventType];

export interface Rejection {
  /** Stable code, UPPER_SNAKE. */
  readonly code: string;
  /** Sentence: why not, and what would be possible. */
  readonly reason: string;
  /** Commands that this task, or this case, takes now. */
  readonly allowed: readonly CaseCommandType[];
  /** For a cancellation: the dependants to confirm. */
  readonly cascade?: readonly string[];
  /** For a new target: the tasks that would have to move with it (T11). */
  readonly moves?: readonly Move[];
}

/** The projected end of a task that moves. */
export interface Move {
  readonly task: string;
  readonly from: Instant;
  readonly to: Instant;
}

export type Decision =
  | { readonly ok: true; readonly events: readonly CaseEventDraft[]; readonly state: CaseState }
  | { readonly ok: false; readonly rejection: Rejection };

export type TaskLife =
  | 'notAdded'
  | 'pending'
  | 'notApplicable'
  | 'ready'
  | 'inProgress'
  | 'onHold'
  | 'complete'
  | 'bypassed'
  | 'cancelled';

export type SlaState = 'onTrack' | 'amber' | 'exceeded';

/** Cached dates of one clock, rewritten with its state. */
export interface ClockRow {
  readonly startedAt: Instant | null;
  readonly amberAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly paused: boolean;
  readonly outcome: string;
}

/** Clocks and ladder of an item, as last kept. */
export interface Timekeeping {
  readonly clocks: Readonly<Record<string, ClockState>>;
  readonly ladder: LadderState | null;
  readonly rows: Readonly<Record<string, ClockRow>>;
  readonly nextDueAt: Instant | null;
}

export interface TaskState {
  readonly id: string;
  readonly node: string;
  readonly occurrence: number;
  readonly title: string;
  readonly mandatory: boolean;
  readonly value: MachineValue;
  readonly life: TaskLife;
  /** Why it is not applicable (P6). */
  readonly notApplicableBy: 'condition' | 'path' | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly delegate: string | null;
  readonly activeAt: Instant | null;
  readonly startedAt: Instant | null;
  /** When it was completed, bypassed, cancelled or became not applicable. */
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly holds: Readonly<Record<string, Instant>>;
  /** Information fields filled in so far: references to their personal values. */
  readonly fields: Readonly<Record<string, string>>;
  /** A recurrence starts no earlier (C15). */
  readonly notBefore: Instant | null;
  /** Its owner was chosen by a person, so no rule changes it. */
  readonly byHand: boolean;
  /** It was cancelled because the case ended, so reopening the case reopens it. */
  readonly endedWithCase: boolean;
  readonly added: readonly {
    readonly task: string;
    readonly linkType: 'FS' | 'SS' | 'FF' | 'SF';
    readonly lag?: Record<string, unknown>;
  }[];
  readonly flags: readonly string[];
}

export interface StepState {
  readonly node: string;
  readonly type: 'communication' | 'decision' | 'milestone' | 'end';
  readonly title: string;
  readonly value: MachineValue;
  readonly state: 'pending' | 'reached' | 'dead';
  readonly branch: string | null;
  readonly endedAt: Instant | null;
  /** Date on which the lag before it ended, where that was 24:00 (T13). */
  readonly endedOn: LocalDate | null;
}

export interface StatutoryState {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly value: MachineValue;
  readonly startedAt: Instant;
  readonly because: string;
  readonly outcome: 'open' | 'met' | 'exceeded' | 'lapsed' | 'cancelled';
}

export type CaseStatus = 'open' | 'onHold' | 'closed' | 'cancelled';

/** A case as its events make it. Holds no personal values. */
export interface CaseState {
  readonly revision: number;
  readonly workflow: string;
  readonly release: number | null;
  readonly digest: string;
  readonly title: string;
  readonly category: string;
  readonly calendar: string;
  /** Only the owner and leaders see it. */
  readonly privateToOwner: boolean;
  readonly status: CaseStatus;
  readonly value: MachineValue;
  readonly receivedAt: Instant;
  readonly launchedAt: Instant;
  readonly closedAt: Instant | null;
  readonly outcome: string | null;
  readonly proposedOutcome: string | null;
  readonly stage: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly hold: { readonly reason: string; readonly reviewAt: Instant } | null;
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly steps: Readonly<Record<string, StepState>>;
  readonly clocks: Readonly<Record<string, StatutoryState>>;
  /** Start dates worked out for waiting nodes (lags), by node or task id. */
  readonly releases: Readonly<Record<string, Instant>>;
  readonly time: Readonly<Record<ItemId, Timekeeping>>;
  readonly links: readonly { readonly other: string; readonly relation: string }[];
  readonly cursors: Readonly<Record<string, string>>;
  /** Budget fields: references to their personal values. */
  readonly money: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  readonly lastEventAt: Instant;
}

/** Worklist columns of a case. */
export interface CaseRow {
  readonly workflow: string;
  readonly release: number | null;
  readonly title: string;
  readonly status: CaseStatus;
  readonly slaState: SlaState;
  readonly owner: string | null;
  readonly group: string | null;
  readonly stage: string | null;
  readonly outcome: string | null;
  readonly receivedAt: Instant;
  readonly launchedAt: Instant;
  readonly closedAt: Instant | null;
  readonly amberAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly paused: boolean;
  readonly wakeAt: Instant | null;
  readonly revision: number;
  readonly openTasks: number;
  readonly privateToOwner: boolean;
}

/** Worklist columns of a case task. */
export interface TaskRow {
  readonly id: string;
  readonly node: string;
  readonly title: string;
  readonly state: TaskLife;
  readonly slaState: SlaState;
  readonly owner: string | null;
  readonly group: string | null;
  readonly delegate: string | null;
  readonly activeAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly releaseAt: Instant | null;
  readonly amberAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly paused: boolean;
  readonly reviewAt: Instant | null;
  readonly occurrence: number;
  readonly mandatory: boolean;
  readonly outcome: string | null;
  readonly value: MachineValue;
}

/** A statutory clock of a case, for its page. */
export interface ClockView {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly outcome: StatutoryState['outcome'];
}

export interface AllowedCommands {
  readonly case: readonly CaseCommandType[];
  readonly tasks: Readonly<Record<string, readonly CaseCommandType[]>>;
  /** Nodes that `addTask` may add now. */
  readonly addable: readonly string[];
}

/** One sentence of a case's history. */
export interface TimelineEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly kind: 'life' | 'sla' | 'escalation' | 'message' | 'owner' | 'note';
  readonly text: string;
  readonly task?: string;
  /** Personal values the sentence leaves out, by name. */
  readonly refs?: Readonly<Record<string, string>>;
}
