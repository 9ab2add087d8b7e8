import { z } from 'zod';
import { CaseTaskId } from './case-command.ts';
import { Instant, Key, LocalDate } from './ids.ts';
import { WorkflowCategory } from './workflow.ts';

/** What a clock or a ladder belongs to: the case, one case task, or one statutory clock of the case. */
export const ItemId = z
  .templateLiteral([z.enum(['case', 'task', 'clock']), ':', z.string()])
  .describe('Item: "case:", "task:ID" or "clock:ID".');
export type ItemId = z.infer<typeof ItemId>;

/** State value of a machine as XState gives it: nested state names by region. */
export type MachineValue = string | { [region: string]: MachineValue };
export const MachineValue: z.ZodType<MachineValue> = z.lazy(() =>
  z.union([z.string(), z.record(z.string(), MachineValue)]),
);

/** Name of a personal value kept outside the events (notes, reasons, field values). */
export const PersonalRef = z
  .string()
  .min(1)
  .max(200)
  .describe('Reference to a personal value stored apart from the events.');

const opaque = z.record(z.string(), z.unknown());
const owner = z.string().nullable().describe('User id, or null while unassigned.');
const group = z.string().nullable().describe('Team whose queue it waits in.');
const value = MachineValue.describe("State value of the item's machine after this event.");
const task = CaseTaskId;
const item = ItemId;
const reason = PersonalRef.optional();

/** Why an allocation came out as it did (L9). */
export const AllocationExplanation = z.strictObject({
  rule: z.string().nullable().describe('Key of the rule that won.'),
  by: z.string().describe('Strategy.'),
  team: z.string().optional(),
  candidates: z.array(z.string()).describe('Members considered, in order.'),
  excluded: z.array(z.strictObject({ user: z.string(), why: z.string() })),
  loads: z.record(z.string(), z.number()).optional(),
  cursor: z.string().optional().describe('Round robin cursor before the choice (L4).'),
  chosen: owner,
  none: z.boolean().optional().describe('Nobody was eligible (L6).'),
});
export type AllocationExplanation = z.infer<typeof AllocationExplanation>;

const movedCursor = z
  .strictObject({ key: z.string(), user: z.string() })
  .optional()
  .describe('Round robin cursor after the choice (L4).');

/** Who got one item, and why. */
const allocation = { item, owner, group, explanation: AllocationExplanation, cursor: movedCursor };

const newTask = z.strictObject({
  id: task,
  node: Key,
  occurrence: z.number().int().min(1),
  title: z.string(),
  mandatory: z.boolean(),
  state: z.string(),
  value,
});

const newStep = z.strictObject({
  node: Key,
  type: z.enum(['communication', 'decision', 'milestone', 'end']),
  title: z.string(),
  value,
});

/** How the clocks and the ladder of one item stand after a step. */
const keptTime = {
  item,
  clocks: z.record(z.string(), opaque),
  ladder: opaque.nullable(),
  rows: opaque,
  nextDueAt: Instant.nullable(),
  value: value.optional(),
};

/** Payload of every event type; outcomes only, no personal values. */
const payloads = {
  caseLaunched: z.strictObject({
    workflow: Key,
    release: z.number().int().nullable(),
    digest: z.string(),
    title: z.string(),
    category: WorkflowCategory,
    calendar: Key,
    privateToOwner: z.boolean().optional().describe('Only the owner and leaders see the case.'),
    receivedAt: Instant.describe('When the enquiry was received; clocks run from here (C12).'),
    value,
    tasks: z.array(newTask),
    steps: z.array(newStep),
  }),
  allocated: z.strictObject({
    ...allocation,
    others: z
      .array(z.strictObject(allocation))
      .optional()
      .describe('Further items of the same command, in order (L11).'),
  }),
  releaseDated: z.strictObject({
    node: z.string(),
    at: Instant.nullable().describe('When it may start; null when that is open again.'),
    waitsFor: z.array(z.string()),
  }),
  taskReady: z.strictObject({ task, value, condition: z.string().optional() }),
  taskHeldBack: z
    .strictObject({ task, value, waitsFor: z.array(z.string()) })
    .describe('A task that was ready and not begun waits again: a predecessor was added or reopened (P5).'),
  taskOutOfSequence: z
    .strictObject({ task, before: z.array(z.string()) })
    .describe('Work that was begun stands, though these should have come first (S7).'),
  taskNotApplicable: z.strictObject({ task, value, by: z.enum(['condition', 'path']) }),
  taskAdded: newTask.extend({
    predecessors: z.array(z.strictObject({ task, linkType: z.enum(['FS', 'SS', 'FF', 'SF']), lag: opaque.optional() })),
    by: z.enum(['hand', 'recurrence', 'ladder']),
    notBefore: Instant.optional().describe('Start of a recurrence (C15).'),
  }),
  taskStarted: z.strictObject({ task, value }),
  taskCompleted: z.strictObject({ task, value, outcome: Key.nullable(), fields: z.record(Key, PersonalRef) }),
  taskHeld: z.strictObject({ task, value, reason: Key, note: reason, reviewOn: LocalDate, reviewAt: Instant }),
  taskResumed: z.strictObject({ task, value, reasons: z.array(Key), remaining: z.array(Key) }),
  taskBypassed: z.strictObject({ task, value, reason }),
  taskCancelled: z.strictObject({ task, value, reason, because: z.enum(['command', 'cascade', 'caseEnded']) }),
  taskReopened: z.strictObject({ task, value, reason, policy: z.enum(['resume', 'continue', 'restart']) }),
  taskReassigned: z.strictObject({
    task,
    from: owner,
    owner,
    group,
    reason,
    by: z.enum(['person', 'ladder']),
    explanation: AllocationExplanation.optional().describe('Where a rule chose (L9).'),
    cursor: movedCursor,
  }),
  taskClaimed: z.strictObject({ task, owner: z.string() }),
  taskReleased: z.strictObject({ task, from: owner }),
  taskDelegated: z.strictObject({ task, delegate: z.string(), reason }),
  taskReturned: z.strictObject({ task, delegate: z.string(), note: reason }),
  taskRetargeted: z.strictObject({
    task,
    clock: Key,
    from: Instant.nullable(),
    to: Instant.nullable(),
    reason,
    shifted: z.array(task),
    moves: z
      .array(z.strictObject({ task: z.string(), from: Instant, to: Instant }))
      .optional()
      .describe('Projected ends of the tasks that move with it (T11).'),
  }),
  taskBeyondCaseTarget: z.strictObject({ task, dueAt: Instant, caseDueAt: Instant }),
  escalationAcknowledged: z.strictObject({ task }),
  noteAdded: z.strictObject({ task: task.optional(), text: PersonalRef }),
  contactLogged: z.strictObject({
    task: task.optional(),
    channel: z.string(),
    direction: z.enum(['in', 'out']),
    text: PersonalRef,
  }),
  fieldsRecorded: z.strictObject({ task, fields: z.record(Key, PersonalRef), cleared: z.array(Key).optional() }),
  referralRecorded: z.strictObject({ task, agency: Key, text: reason }),
  documentAttached: z.strictObject({ task: task.optional(), document: z.string(), name: PersonalRef }),
  stepReached: z.strictObject({
    node: Key,
    value,
    branch: z.string().optional().describe('Branch a decision took.'),
    conditions: z.record(z.string(), z.enum(['true', 'false', 'unknown'])).optional(),
    stage: z.string().optional(),
    outcome: Key.optional(),
    template: Key.optional(),
    on: LocalDate.optional().describe('Date on which the lag before it ended, where that was 24:00 (T13).'),
  }),
  stepDead: z.strictObject({ node: Key, value }),
  clockStarted: z.strictObject({
    clock: z.string(),
    key: Key,
    title: z.string(),
    startedAt: Instant,
    because: z.string(),
    value,
  }),
  clockEnded: z.strictObject({ clock: z.string(), value, outcome: z.enum(['met', 'exceeded', 'lapsed', 'cancelled']) }),
  clockReopened: z.strictObject({ clock: z.string(), value }),
  slaAmber: z.strictObject({ item, clock: z.string(), value, detail: opaque }),
  slaBreached: z.strictObject({ item, clock: z.string(), value, detail: opaque }),
  slaFact: z.strictObject({ item, clock: z.string(), kind: z.string(), detail: opaque }),
  rungFired: z.strictObject({
    item,
    rung: Key,
    n: z.number().int().min(1),
    firing: z.string().describe('Firing key (E15).'),
    recipients: z.array(z.string()),
    value,
    detail: opaque,
  }),
  ladderFact: z.strictObject({ item, kind: z.string(), value: value.optional(), detail: opaque }),
  flagSet: z.strictObject({ item, flag: z.string() }),
  webhookRequested: z.strictObject({ item, firing: z.string(), url: z.string() }),
  timekept: z
    .strictObject({ ...keptTime, others: z.array(z.strictObject(keptTime)).optional().describe('Further items.') })
    .describe('Clock and ladder states after the step: a cache that replay restores without calendars.'),
  messageQueued: z.strictObject({
    messageId: z.string(),
    item,
    firing: z.string().nullable(),
    rung: z.string().nullable(),
    to: z.string().describe('User id, "customer", or external address.'),
    coverFor: z.string().optional(),
    channel: z.enum(['email', 'sms', 'letter', 'inApp', 'webhook']),
    template: Key.nullable().describe('Template document; null for the built-in plain text.'),
    language: z.enum(['en', 'cy']),
    urgent: z.boolean(),
    variables: opaque.describe('Values and references the template may use; no personal values.'),
  }),
  messagesDropped: z.strictObject({ item, reason: z.enum(['closed', 'cancelled', 'reassigned']) }),
  caseRaised: z.strictObject({ workflow: Key, task, outcome: Key }).describe('A support plan to be raised (P12).'),
  interestRaised: z
    .strictObject({ serviceType: Key, task, outcome: Key })
    .describe('An interest of the customer to be raised (P11).'),
  caseLinked: z.strictObject({ other: z.string(), relation: z.string() }),
  answersCorrected: z.strictObject({
    questions: z.array(Key),
    reason,
    differs: z.array(z.string()).describe('Nodes whose conditions would come out otherwise now.'),
    statements: z
      .strictObject({ gained: z.array(Key), lost: z.array(Key) })
      .optional()
      .describe('Statements a pack made now would gain or lose.'),
  }),
  moneyRecorded: z.strictObject({ amounts: z.record(Key, PersonalRef) }),
  datesReckoned: z
    .strictObject({
      calendars: z.array(Key),
      dates: z.array(
        z.strictObject({
          of: z.string(),
          which: z.enum(['due', 'amber', 'start']),
          from: Instant.nullable(),
          to: Instant.nullable(),
        }),
      ),
    })
    .describe('Calendars were published anew, and these dates follow them from that instant on (T3, T14).'),
  caseMoved: z
    .strictObject({
      from: z.strictObject({ release: z.number().int().nullable(), digest: z.string() }),
      to: z.strictObject({ release: z.number().int().nullable(), digest: z.string() }),
      title: z.string(),
      category: WorkflowCategory,
      calendar: Key,
      value,
      tasks: z.array(z.strictObject({ task, title: z.string(), mandatory: z.boolean(), value })),
      added: z.array(newTask),
      dropped: z.array(task).describe('Tasks nobody had begun that are not drawn any more.'),
      steps: z.array(newStep),
      stepValues: z.array(z.strictObject({ node: Key, title: z.string(), value })),
      droppedSteps: z.array(Key),
      clocks: z.array(z.strictObject({ clock: z.string(), title: z.string(), value })),
      privateToOwner: z.boolean().optional().describe('Whether only the owner and leaders see it from now on.'),
      undoes: z.number().int().optional().describe('Sequence number of the move that this one takes back.'),
    })
    .describe('The case goes on under another release (R5, C10).'),
  caseOwnerChanged: z.strictObject({ from: owner, owner, group, reason }),
  caseHeld: z.strictObject({ value, reason: Key, note: reason, reviewOn: LocalDate, reviewAt: Instant }),
  caseResumed: z.strictObject({ value }),
  closingProposed: z.strictObject({ outcome: Key, open: z.array(task).describe('Mandatory tasks still open.') }),
  caseClosed: z.strictObject({ value, outcome: Key.nullable(), reason, by: z.enum(['person', 'end']) }),
  caseCancelled: z.strictObject({ value, reason }),
  caseReopened: z.strictObject({ value, reason }),
} as const;

export type CaseEventPayloads = { [T in keyof typeof payloads]: z.infer<(typeof payloads)[T]> };
export type CaseEventType = keyof CaseEventPayloads;
export const caseEventTypes = Object.keys(payloads) as CaseEventType[];

/** One event of a case as stored: `seq` counts from 1 and equals the case's revision after it. */
export type CaseEvent = {
  [T in CaseEventType]: {
    seq: number;
    type: T;
    actor: string;
    effectiveAt: Instant;
    recordedAt: Instant;
    payload: CaseEventPayloads[T];
  };
}[CaseEventType];

const envelope = { seq: z.number().int().min(1), actor: z.string(), effectiveAt: Instant, recordedAt: Instant };

/** The union of all case events; parse what comes from a store or a file. */
export const CaseEvent = z.discriminatedUnion(
  'type',
  caseEventTypes.map((type) =>
    z.strictObject({ type: z.literal(type), ...envelope, payload: payloads[type] }),
  ) as never,
) as unknown as z.ZodType<CaseEvent>;
