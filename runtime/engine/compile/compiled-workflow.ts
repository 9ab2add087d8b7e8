import type { Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import type { Sla } from '../../../schemas/period.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import type { Link, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';

/** A frozen set of documents: a release, or a draft being tried. */
export interface ReleaseBundle {
  readonly configuration: Configuration;
  readonly number?: number;
  readonly digest?: string;
}

/** A guard or an action by name, with its parameters. */
export interface Named {
  readonly type: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface MachineTransition {
  readonly target?: string;
  readonly guard?: Named;
  readonly actions?: readonly Named[];
}

/** A state of a machine, as XState v5 reads it; only what plain JSON can hold. */
export interface MachineState {
  readonly type?: 'parallel' | 'final';
  readonly initial?: string;
  readonly description?: string;
  readonly entry?: readonly Named[];
  readonly on?: Readonly<Record<string, readonly MachineTransition[]>>;
  readonly states?: Readonly<Record<string, MachineState>>;
}

/** An XState v5 machine configuration as plain JSON: named guards and actions with parameters, no timers, no actors (R3). */
export interface MachineConfig extends MachineState {
  readonly id: string;
}

/** A task node ready to run: overrides of the node applied over its task document. */
export interface CompiledTask {
  readonly node: string;
  readonly title: string;
  readonly task: TaskDocument;
  readonly mandatory: boolean;
  readonly activation: 'automatic' | 'manual' | { readonly when: Condition };
  readonly slas: Readonly<Record<string, Sla>>;
  readonly ladder: LadderDocument | null;
}

/** A statutory clock ready to run. */
export interface CompiledClock {
  readonly key: string;
  readonly title: string;
  /** What its end is: a breach, or a right or duty that runs out. */
  readonly endIs: 'breach' | 'lapse';
  readonly sla: Sla;
  readonly ladder: LadderDocument | null;
}

/** Everything a case of one workflow needs to run: plain JSON, immutable, named by its digest (R3). */
export interface CompiledWorkflow {
  readonly format: 1;
  readonly key: string;
  readonly release: number | null;
  readonly digest: string;
  readonly workflow: WorkflowDocument;
  readonly machines: {
    readonly case: MachineConfig;
    /** By node key: tasks, and the other node kinds. */
    readonly nodes: Readonly<Record<string, MachineConfig>>;
    /** By statutory clock key. */
    readonly clocks: Readonly<Record<string, MachineConfig>>;
  };
  /** Nodes in topological order. */
  readonly order: readonly string[];
  readonly incoming: Readonly<Record<string, readonly (Link & { key: string })[]>>;
  readonly outgoing: Readonly<Record<string, readonly (Link & { key: string })[]>>;
  readonly tasks: Readonly<Record<string, CompiledTask>>;
  readonly nodes: Readonly<Record<string, WorkflowNode>>;
  readonly clocks: Readonly<Record<string, CompiledClock>>;
  readonly caseSlas: Readonly<Record<string, Sla>>;
  readonly caseLadder: LadderDocument | null;
  /** Teams by key: type and external addresses, for recipients. */
  readonly teams: Readonly<
    Record<string, { readonly title: string; readonly type: string; readonly externalAddresses: readonly string[] }>
  >;
  /** Partner agencies by key, for referrals. */
  readonly agencies: Readonly<Record<string, string>>;
  /** Templates that exist, so that a missing one falls back to the built-in plain text (N5). */
  readonly templates: readonly string[];
  readonly allowedEmailDomains: readonly string[];
  /** Questions of the enquiry form by key, for hidden answers (A2). */
  readonly questions: Readonly<Record<string, unknown>>;
}
