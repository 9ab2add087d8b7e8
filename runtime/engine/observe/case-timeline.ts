import type { CaseEvent, CaseEventPayloads, CaseEventType, ItemId } from '../../../schemas/case-event.ts';
import { allocationsOf } from '../allocate/allocations-in.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { toDateTimeText } from '../notify/render.ts';
import type { CaseState, TimelineEntry } from '../run/types.ts';

/** Names people see, gathered from the bundle and the events themselves. */
interface Names {
  readonly bundle: CompiledWorkflow;
  readonly titles: ReadonlyMap<string, string>;
  readonly zone: string;
}

interface Sentence {
  readonly kind: TimelineEntry['kind'];
  readonly text: string;
  readonly task?: string;
  readonly refs?: Readonly<Record<string, string>>;
}

type Tell<T extends CaseEventType> = (
  payload: CaseEventPayloads[T],
  names: Names,
) => Sentence | readonly Sentence[] | null;

/**
 * The history of a case in sentences, in the order of its events; what only keeps the books is left out. For events that follow a
 * state, the state gives the titles.
 */
export function caseTimeline(
  bundle: CompiledWorkflow,
  events: readonly CaseEvent[],
  zone = 'Europe/London',
  before?: CaseState,
): TimelineEntry[] {
  const names: Names = { bundle, titles: titlesIn(events, before), zone };
  return events.flatMap((event) => {
    const tell = Object.hasOwn(sentences, event.type) ? (sentences[event.type] as Tell<CaseEventType>) : () => null;
    const { seq, effectiveAt: at, recordedAt, actor } = event;
    return [tell(event.payload as never, names) ?? []].flat().map((sentence) => {
      const text = sentence.text.charAt(0).toUpperCase() + sentence.text.slice(1);
      return { seq, at, recordedAt, actor, ...sentence, text };
    });
  });
}

const sentences: { [T in CaseEventType]: Tell<T> } = {
  caseLaunched: (p) => life(`The case was launched: ${p.title}.`),
  allocated: (p, names) =>
    allocationsOf(p).map(({ item, owner, group, explanation }) =>
      onItem(item, 'owner', `${title(names, item)} went to ${holder(names, owner, group)} (${why(explanation)}).`),
    ),
  releaseDated: (p, names) =>
    p.at === null ? null : life(`${name(names, p.node)} may start on ${toDateTimeText(p.at, names.zone)}.`, p.node),
  taskReady: (p, names) => life(`${name(names, p.task)} became ready.`, p.task),
  taskHeldBack: (p, names) =>
    life(
      `${name(names, p.task)} waits again${p.waitsFor.length > 0 ? ` for ${named(names, p.waitsFor)}` : ''}.`,
      p.task,
    ),
  taskOutOfSequence: (p, names) =>
    onTask(p.task, 'sla', `${name(names, p.task)} was begun out of sequence: before ${named(names, p.before)}.`),
  taskNotApplicable: (p, names) =>
    life(
      `${name(names, p.task)} is not applicable: ${p.by === 'path' ? 'its path was not taken' : 'its condition is not true'}.`,
      p.task,
    ),
  taskAdded: (p) => life(`${p.title} was added.`, p.id),
  taskStarted: (p, names) => life(`${name(names, p.task)} was started.`, p.task),
  taskCompleted: (p, names) =>
    life(
      `${name(names, p.task)} was completed${p.outcome === null ? '' : ` with outcome "${outcomeLabel(names, p.task, p.outcome)}"`}.`,
      p.task,
      p.fields,
    ),
  taskHeld: (p, names) =>
    life(
      `${name(names, p.task)} was put on hold: ${holdLabel(names, p.task, p.reason)}; to be reviewed on ${p.reviewOn}.`,
      p.task,
      { note: p.note },
    ),
  taskResumed: (p, names) =>
    life(
      `${name(names, p.task)} was resumed${p.remaining.length > 0 ? '; another reason still holds it' : ''}.`,
      p.task,
    ),
  taskBypassed: (p, names) => life(`${name(names, p.task)} was bypassed.`, p.task, { reason: p.reason }),
  taskCancelled: (p, names) => {
    const because = { command: '', cascade: ' with the task it depends on', caseEnded: ' because the case ended' };
    return life(`${name(names, p.task)} was cancelled${because[p.because]}.`, p.task, { reason: p.reason });
  },
  taskReopened: (p, names) => life(`${name(names, p.task)} was reopened.`, p.task, { reason: p.reason }),
  taskReassigned: (p, names) =>
    onTask(
      p.task,
      'owner',
      `${name(names, p.task)} was reassigned to ${holder(names, p.owner, p.group)}${p.by === 'ladder' ? ' by its escalation ladder' : ''}.`,
      { reason: p.reason },
    ),
  taskClaimed: (p, names) => onTask(p.task, 'owner', `${p.owner} claimed ${name(names, p.task)}.`),
  taskReleased: (p, names) => onTask(p.task, 'owner', `${name(names, p.task)} was released to its queue.`),
  taskDelegated: (p, names) =>
    onTask(p.task, 'owner', `${name(names, p.task)} was delegated to ${p.delegate}.`, { reason: p.reason }),
  taskReturned: (p, names) =>
    onTask(p.task, 'owner', `${p.delegate} returned ${name(names, p.task)}.`, { note: p.note }),
  taskRetargeted: (p, names) =>
    onTask(
      p.task,
      'sla',
      `The target of ${name(names, p.task)} moved from ${when(names, p.from)} to ${when(names, p.to)}${
        p.shifted.length > 0 ? `; with it moved: ${named(names, p.shifted)}` : ''
      }.`,
      { reason: p.reason },
    ),
  taskBeyondCaseTarget: (p, names) =>
    onTask(
      p.task,
      'sla',
      `${name(names, p.task)} is due on ${when(names, p.dueAt)}, after the case (${when(names, p.caseDueAt)}).`,
    ),
  escalationAcknowledged: (p, names) =>
    onTask(p.task, 'escalation', `The escalation of ${name(names, p.task)} was acknowledged.`),
  noteAdded: (p) => noted('A note was added.', p.task, { text: p.text }),
  contactLogged: (p) =>
    noted(`Contact by ${p.channel}, ${p.direction === 'in' ? 'incoming' : 'outgoing'}.`, p.task, { text: p.text }),
  fieldsRecorded: (p, names) => noted(`Fields of ${name(names, p.task)} were filled in.`, p.task, p.fields),
  referralRecorded: (p, names) =>
    noted(`A referral to ${names.bundle.agencies?.[p.agency] ?? p.agency} was recorded.`, p.task, { text: p.text }),
  documentAttached: (p) => noted('A document was attached.', p.task, { name: p.name }),
  stepReached: (p, names) => life(stepText(p, names)),
  stepDead: (p, names) => life(`${name(names, p.node)} is not on the path taken.`),
  clockStarted: (p) => ({ kind: 'sla', text: `The statutory clock ${p.title} started: ${p.because}.` }),
  clockEnded: (p, names) => {
    const how = {
      met: 'was met',
      exceeded: 'ended after its time was exceeded',
      lapsed: 'ran out',
      cancelled: 'was cancelled',
    };
    return { kind: 'sla', text: `The statutory clock ${clockTitle(names, p.clock)} ${how[p.outcome]}.` };
  },
  clockReopened: (p, names) => ({ kind: 'sla', text: `The statutory clock ${clockTitle(names, p.clock)} runs again.` }),
  slaAmber: (p, names) =>
    onItem(p.item, 'sla', `${title(names, p.item)} reached its amber warning${clockOf(p.clock)}.`),
  slaBreached: (p, names) => onItem(p.item, 'sla', `${title(names, p.item)} exceeded its target${clockOf(p.clock)}.`),
  slaFact: (p, names) =>
    p.kind === 'pauseIgnored'
      ? onItem(p.item, 'sla', `The clock of ${title(names, p.item)} never pauses and went on running.`)
      : null,
  rungFired: (p, names) =>
    onItem(
      p.item,
      'escalation',
      `Escalation "${p.rung}" of ${title(names, p.item)} fired${p.n > 1 ? ` for the ${p.n}. time` : ''}; ${told(p.recipients)}.`,
    ),
  ladderFact: (p, names) => ladderSentence(p, names),
  flagSet: (p, names) => onItem(p.item, 'escalation', `${title(names, p.item)} was flagged: ${p.flag}.`),
  webhookRequested: (p, names) => onItem(p.item, 'message', `A webhook was called for ${title(names, p.item)}.`),
  timekept: () => null,
  messageQueued: (p, names) =>
    onItem(
      p.item,
      'message',
      `A message${p.rung === null ? '' : ` (${p.rung})`} went to ${p.to} by ${channelName(p.channel)} about ${title(names, p.item)}${p.coverFor === undefined ? '' : `, covering for ${p.coverFor}`}.`,
    ),
  messagesDropped: (p, names) =>
    onItem(p.item, 'message', `Messages about ${title(names, p.item)} that were not sent yet were dropped.`),
  caseRaised: (p) => life(`A case of workflow ${p.workflow} is to be raised.`, p.task),
  interestRaised: (p) => life(`An interest in service type ${p.serviceType} is raised.`, p.task),
  caseLinked: (p) => life(`The case was linked to ${p.other} (${p.relation}).`),
  answersCorrected: (p, names) => ({
    kind: 'life',
    text: `Answers were corrected: ${p.questions.join(', ')}.${p.differs.length > 0 ? ` It would differ now: ${named(names, p.differs)}.` : ''}${statementsText(p)}`,
    ...refsOf({ reason: p.reason }),
  }),
  moneyRecorded: (p, names) => ({
    kind: 'note',
    text: `Amounts were recorded: ${Object.keys(p.amounts)
      .map((field) => moneyLabel(names, field))
      .join(', ')}.`,
    ...refsOf(p.amounts),
  }),
  datesReckoned: (p, names) => {
    const due = p.dates.filter(({ which, to }) => which === 'due' && to !== null);
    const moved = due.map(
      ({ of, to }) =>
        `${title(names, of === 'case' ? 'case:' : (of as ItemId))} is due ${toDateTimeText(to ?? 0, names.zone)}`,
    );
    const because = `The calendar ${p.calendars.join(', ')} was published anew`;
    return { kind: 'sla', text: moved.length === 0 ? `${because}.` : `${because}: ${moved.join('; ')}.` };
  },
  caseMoved: (p) =>
    life(
      p.undoes === undefined
        ? `The case was moved from release ${p.from.release ?? 'draft'} to release ${p.to.release ?? 'draft'}.`
        : `The move was taken back: the case goes on under release ${p.to.release ?? 'draft'}.`,
    ),
  caseOwnerChanged: (p, names) => ({
    kind: 'owner',
    text: `The case went to ${holder(names, p.owner, p.group)}.`,
    ...refsOf({ reason: p.reason }),
  }),
  caseHeld: (p) => ({
    kind: 'life',
    text: `The case was put on hold: ${p.reason}; to be reviewed on ${p.reviewOn}.`,
    ...refsOf({ note: p.note }),
  }),
  caseResumed: () => life('The case was resumed.'),
  closingProposed: (p) => life(`Closing the case was proposed (${p.outcome}); mandatory tasks are still open.`),
  caseClosed: (p) => ({
    kind: 'life',
    text: `The case was closed${p.outcome === null ? '' : ` with outcome ${p.outcome}`}.`,
    ...refsOf({ reason: p.reason }),
  }),
  caseCancelled: (p) => ({ kind: 'life', text: 'The case was cancelled.', ...refsOf({ reason: p.reason }) }),
  caseReopened: (p) => ({ kind: 'life', text: 'The case was reopened.', ...refsOf({ reason: p.reason }) }),
};

type Refs = Readonly<Record<string, string | undefined>>;

function refsOf(refs: Refs): { refs?: Record<string, string> } {
  const known = Object.entries(refs).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return known.length > 0 ? { refs: Object.fromEntries(known) } : {};
}

function life(text: string, task?: string, refs: Refs = {}): Sentence {
  return { kind: 'life', text, ...(task === undefined ? {} : { task }), ...refsOf(refs) };
}

function noted(text: string, task: string | undefined, refs: Refs): Sentence {
  return { kind: 'note', text, ...(task === undefined ? {} : { task }), ...refsOf(refs) };
}

function onTask(task: string, kind: Sentence['kind'], text: string, refs: Refs = {}): Sentence {
  return { kind, text, task, ...refsOf(refs) };
}

function onItem(item: ItemId, kind: Sentence['kind'], text: string): Sentence {
  return item.startsWith('task:') ? { kind, text, task: item.slice('task:'.length) } : { kind, text };
}

function titlesIn(events: readonly CaseEvent[], before: CaseState | undefined): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { id, title } of Object.values(before?.tasks ?? {})) titles.set(id, title);
  for (const { node, title } of Object.values(before?.steps ?? {})) titles.set(node, title);
  for (const { id, title } of Object.values(before?.clocks ?? {})) titles.set(`clock:${id}`, title);
  for (const event of events) {
    if (event.type === 'caseLaunched') {
      for (const task of event.payload.tasks) titles.set(task.id, task.title);
      for (const step of event.payload.steps) titles.set(step.node, step.title);
    }
    if (event.type === 'taskAdded') titles.set(event.payload.id, event.payload.title);
    if (event.type === 'clockStarted') titles.set(`clock:${event.payload.clock}`, event.payload.title);
  }
  return titles;
}

function name(names: Names, id: string): string {
  return `"${names.titles.get(id) ?? id}"`;
}

function title(names: Names, item: ItemId): string {
  if (item.startsWith('task:')) return name(names, item.slice('task:'.length));
  return item.startsWith('clock:')
    ? `the statutory clock ${clockTitle(names, item.slice('clock:'.length))}`
    : 'the case';
}

function named(names: Names, ids: readonly string[]): string {
  return ids.map((id) => name(names, id)).join(', ');
}

function moneyLabel(names: Names, field: string): string {
  return names.bundle.workflow.money?.[field]?.label ?? field;
}

function statementsText({ statements }: CaseEventPayloads['answersCorrected']): string {
  const { gained = [], lost = [] } = statements ?? {};
  const parts = [
    ...(gained.length > 0 ? [`gain ${gained.join(', ')}`] : []),
    ...(lost.length > 0 ? [`lose ${lost.join(', ')}`] : []),
  ];
  return parts.length > 0 ? ` A pack made now would ${parts.join(' and ')}.` : '';
}

function clockTitle(names: Names, clock: string): string {
  return `"${names.titles.get(`clock:${clock}`) ?? clock}"`;
}

function holder(names: Names, owner: string | null, group: string | null): string {
  if (owner !== null) return owner;
  return group === null ? 'nobody' : `the queue of ${names.bundle.teams[group]?.title ?? group}`;
}

/** How a rule chose, as people say it; the stored word where it is a new one. */
const strategyWords: Readonly<Record<string, string>> = {
  user: 'named by the rule',
  group: 'for the group',
  role: 'for the role',
  roundRobin: 'in turn',
  leastLoaded: 'who had least to do',
  skill: 'by skill',
  sameAs: 'as another task',
  caseOwner: 'as owner of the case',
  locality: 'by area',
  lastOfficer: 'as the last officer',
  manual: 'to be chosen by hand',
  none: 'no rule applied',
};

function why({ by, none }: CaseEventPayloads['allocated']['explanation']): string {
  const words = strategyWords[by] ?? by;
  return none ? `${words}, nobody was eligible` : words;
}

function when(names: Names, at: number | null): string {
  return at === null ? 'no date' : toDateTimeText(at, names.zone);
}

function clockOf(clock: string): string {
  return clock === 'completion' ? '' : ` (${clock})`;
}

function told(recipients: readonly string[]): string {
  return recipients.length === 0 ? 'nobody could be reached' : `told: ${recipients.join(', ')}`;
}

function channelName(channel: CaseEventPayloads['messageQueued']['channel']): string {
  return { email: 'e-mail', sms: 'text message', letter: 'letter', inApp: 'in-app message', webhook: 'webhook' }[
    channel
  ];
}

function outcomeLabel(names: Names, task: string, outcome: string): string {
  return names.bundle.tasks[nodeOf(task)]?.task.outcomes[outcome]?.label ?? outcome;
}

function holdLabel(names: Names, task: string, reason: string): string {
  return names.bundle.tasks[nodeOf(task)]?.task.holdReasons[reason]?.label ?? reason;
}

function nodeOf(task: string): string {
  return task.split('.')[0] ?? task;
}

function stepText(p: CaseEventPayloads['stepReached'], names: Names): string {
  if (p.branch !== undefined)
    return `Decision ${name(names, p.node)} took the branch "${branchLabel(names, p.node, p.branch)}".`;
  if (p.stage !== undefined) return `The case reached the stage "${p.stage}".`;
  if (p.template !== undefined) return `${name(names, p.node)} was sent.`;
  return `${name(names, p.node)} was reached.`;
}

function branchLabel(names: Names, node: string, branch: string): string {
  const drawn = names.bundle.nodes[node];
  if (drawn?.type !== 'decision') return branch;
  return branch === 'otherwise' ? (drawn.otherwise?.label ?? branch) : (drawn.branches[branch]?.label ?? branch);
}

function ladderSentence(p: CaseEventPayloads['ladderFact'], names: Names): Sentence | null {
  const what = title(names, p.item);
  const texts: Record<string, string> = {
    exhausted: `The escalation of ${what} is exhausted: no rung is left.`,
    noRecipient: `Nobody could be found for the escalation of ${what}.`,
    actionFailed:
      p.detail['action'] === 'addTask'
        ? `The escalation of ${what} could not add the task ${title(names, `task:${String(p.detail['node'])}`)}: it was done already and takes no further occurrence; it is tried again every hour.`
        : `The escalation of ${what} found nobody to give the work to; it is tried again every hour.`,
    actionGivenUp:
      p.detail['action'] === 'addTask'
        ? `The escalation of ${what} gave up adding the task ${title(names, `task:${String(p.detail['node'])}`)}: somebody has to look at it.`
        : `The escalation of ${what} gave up looking for somebody to give the work to: somebody has to look at it.`,
    skipped: `An escalation of ${what} was skipped: its condition is false.`,
    note: `Note of the escalation ladder: ${String(p.detail['text'] ?? '')}`,
  };
  const text = texts[p.kind];
  return text === undefined ? null : onItem(p.item, 'escalation', text);
}
