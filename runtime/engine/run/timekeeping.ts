import type { ItemId, MachineValue } from '../../../schemas/case-event.ts';
import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import type { Sla } from '../../../schemas/period.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import { advanceClock, clockDueAt } from '../clock/advance.ts';
import { applyToClock, type ClockCommand, makeClock } from '../clock/commands.ts';
import { amberAt, colourOf, dueAt, outcomeOf } from '../clock/readings.ts';
import { type CalendarOf, type ClockFact, type ClockState, currentRevision, toClockSpec } from '../clock/state.ts';
import { isTrue } from '../condition/evaluate.ts';
import { advanceLadder, earliest, type LadderWorld, ladderDueAt } from '../ladder/advance.ts';
import { applyToLadder, armLadder, type LadderCommand, muteDueRungs } from '../ladder/commands.ts';
import { type LadderSpec, type LadderState, toLadderSpec } from '../ladder/state.ts';
import { clockRegion } from './regions.ts';
import type { ClockRow, Timekeeping } from './types.ts';
import { emit, factsOf, type ItemTime, splitItem, tryStep, valueOfItem, type Work } from './work.ts';

/** The pinned calendars of a decision, by key. */
export function calendarsOf(work: Work): CalendarOf {
  return work.calendarOf;
}

/** SLA clocks an item is made with, by name. */
export function slasOfItem(work: Work, item: ItemId): Readonly<Record<string, Sla>> {
  const [kind, id] = splitItem(item);
  if (kind === 'task') return work.bundle.tasks[work.state.tasks[id]?.node ?? '']?.slas ?? {};
  if (kind === 'case') return work.bundle.caseSlas;
  const clock = work.bundle.clocks[work.state.clocks[id]?.key ?? ''];
  return clock ? { completion: clock.sla } : {};
}

/** Clocks and ladder of an item, ready to be changed. */
export function timeOf(work: Work, item: ItemId): ItemTime {
  const known = work.time.get(item);
  if (known) return known;
  const kept = work.state.time[item];
  const made: ItemTime = kept ? { clocks: { ...kept.clocks }, ladder: kept.ladder } : { clocks: {}, ladder: null };
  work.time.set(item, made);
  return made;
}

const untimed: Timekeeping = { clocks: {}, ladder: null, rows: {}, nextDueAt: null };

/** Clocks and ladder of an item to look at; `timeOf` gives those that are to be changed. */
export function knownTime(work: Work, item: ItemId): Readonly<ItemTime> {
  return work.time.get(item) ?? work.state.time[item] ?? untimed;
}

/**
 * Starts every clock of an item; `work.at` may lie before now (C12). One that was withdrawn starts a new cycle. After a lag that
 * ended at 24:00 a date target counts from that date: its clock starts in that date's last second (T13).
 */
export function startClocks(work: Work, item: ItemId, endedOn?: LocalDate): void {
  const { clocks } = knownTime(work, item);
  for (const [name, sla] of Object.entries(slasOfItem(work, item))) {
    const made = clocks[name] ?? makeClock(toClockSpec(sla, work.bundle.workflow.calendar));
    const isDated = sla.target.unit !== 'minutes' && sla.target.unit !== 'hours';
    const startedAt = endedOn !== undefined && isDated ? work.at - 1 : work.at;
    if (made.phase === 'ended') applyClock(work, item, name, made, { verb: 'reopen', at: work.at, policy: 'restart' });
    else applyClock(work, item, name, made, { verb: 'start', at: work.at, startedAt });
  }
  if (work.state.hold && item.startsWith('task:')) pauseForCase(work, item, work.state.hold.reviewAt);
}

/** One command to every clock of an item, or to those that `picks` chooses. */
export function commandClocks(
  work: Work,
  item: ItemId,
  command: ClockCommand,
  picks: (sla: Sla | undefined, name: string) => boolean = () => true,
): void {
  const slas = slasOfItem(work, item);
  for (const [name, clock] of Object.entries(knownTime(work, item).clocks)) {
    if (picks(slas[name], name)) applyClock(work, item, name, clock, command);
  }
}

/** Reason under which a hold of the case pauses the clocks of its tasks (C13). */
export const CASE_HOLD = 'case-hold';

/** A hold of the case pauses those clocks of a task that inherit it (C13). */
export function pauseForCase(work: Work, item: ItemId, reviewAt: Instant): void {
  commandClocks(
    work,
    item,
    { verb: 'pause', at: work.at, reason: CASE_HOLD, reviewAt },
    (sla) => sla?.inheritCasePause ?? true,
  );
  followPause(work, item);
}

/** Freezes or releases the ladder as its clock is paused or runs (E3); a clock that never pauses keeps its ladder going (E18). */
export function followPause(work: Work, item: ItemId): void {
  const time = knownTime(work, item);
  if (!time.ladder) return;
  const isPaused = mainClock(time)?.phase === 'paused';
  if (isPaused) commandLadder(work, item, { verb: 'pause', at: work.at, reviewAt: reviewAtOf(work, item) });
  else if (time.ladder.pause) commandLadder(work, item, { verb: 'resume', at: work.at });
  tryStep(work, item, { type: isPaused ? 'LADDER_FROZEN' : 'LADDER_RELEASED' });
}

/** The earliest review date of the reasons that pause an item still (C13). */
function reviewAtOf(work: Work, item: ItemId): Instant | null {
  const [kind, id] = splitItem(item);
  const holds = kind === 'task' ? work.state.tasks[id]?.holds : undefined;
  const dates = (mainClock(knownTime(work, item))?.pauses ?? []).flatMap(({ reason, reviewAt }) => {
    const isOfCase = kind === 'case' || reason === CASE_HOLD;
    return (isOfCase ? work.state.hold?.reviewAt : holds?.[reason]) ?? reviewAt ?? [];
  });
  return dates.length === 0 ? null : Math.min(...dates);
}

function applyClock(work: Work, item: ItemId, name: string, clock: ClockState, command: ClockCommand): void {
  const step = applyToClock(clock, command, calendarsOf(work));
  timeOf(work, item).clocks[name] = step.state;
  for (const fact of step.facts) recordClockFact(work, item, name, fact);
  if (command.verb === 'retarget' || command.verb === 'reopen') recolour(work, item, name);
}

/** A fact is recorded when the machine takes it: amber and breach are its states (T8, C8). */
function recordClockFact(work: Work, item: ItemId, clock: string, fact: ClockFact): void {
  const { kind, effectiveAt, ...detail } = fact;
  const at = { effectiveAt };
  if (kind === 'breached' && isLapsing(work, item)) {
    tellLapse(work, item, effectiveAt);
    return;
  }
  if (kind === 'amber' || kind === 'breached') {
    const step = tryStep(work, item, { type: `${kind === 'amber' ? 'AMBER' : 'BREACHED'}.${clock}` });
    if (!step) return;
    emit(work, kind === 'amber' ? 'slaAmber' : 'slaBreached', { item, clock, value: step.value, detail }, at);
    return;
  }
  emit(work, 'slaFact', { item, clock, kind, detail: { ...detail } as Record<string, unknown> }, at);
}

/** Whether the end of an item's clock is no breach: a right or duty that runs out (documents.md, onEnd). */
function isLapsing(work: Work, item: ItemId): boolean {
  const [kind, id] = splitItem(item);
  return kind === 'clock' && work.bundle.clocks[work.state.clocks[id]?.key ?? '']?.endIs === 'lapse';
}

function tellLapse(work: Work, item: ItemId, effectiveAt: Instant): void {
  const step = tryStep(work, item, { type: 'LAPSE' });
  if (step)
    emit(work, 'clockEnded', { clock: splitItem(item)[1], value: step.value, outcome: 'lapsed' }, { effectiveAt });
}

/** After a new target or a new cycle the machine shows the colour the clock has (C9, C11). */
function recolour(work: Work, item: ItemId, name: string): void {
  const clock = knownTime(work, item).clocks[name];
  if (!clock || isLapsing(work, item)) return;
  const colour = colourOf(clock, work.at, calendarsOf(work));
  const events = { onTrack: 'ON_TRACK', amber: 'AMBER', exceeded: 'BREACHED' } as const;
  tryStep(work, item, { type: `${events[colour]}.${name}` });
}

/** Attaches the ladder of an item; a retroactive item that only records does not fire what is past (C12). */
export function armItemLadder(work: Work, item: ItemId, ladder: LadderDocument): void {
  const time = timeOf(work, item);
  const { owner, unassignedSince } = ladderOwner(work, item);
  const armed: LadderState = { ...armLadder(work.at, owner, work.at), unassignedSince };
  const recordOnly = Object.values(slasOfItem(work, item)).some((sla) => sla.onAttachOverdue === 'recordOnly');
  time.ladder = armed;
  tryStep(work, item, { type: 'LADDER_ARMED' });
  if (!recordOnly || work.at >= work.env.now) return;
  advanceClocks(work, item, work.env.now, false);
  const spec = specOf(work, item, ladder);
  const view = { spec, state: armed, clock: mainClock(time) ?? null, calendarOf: calendarsOf(work) };
  time.ladder = muteDueRungs(view, work.env.now, () => true);
}

/** One command to an item's ladder, if it has one. */
export function commandLadder(work: Work, item: ItemId, command: LadderCommand): void {
  if (!knownTime(work, item).ladder) return;
  const time = timeOf(work, item);
  const document = ladderOfItem(work, item);
  if (!time.ladder || !document) return;
  const spec = specOf(work, item, document);
  const step = applyToLadder(spec, time.ladder, mainClock(time) ?? null, command, worldOf(work));
  time.ladder = step.state;
  work.firings.push({ item, facts: step.facts });
}

/** Keeps the ladder's owner in step without a message: claims, releases, first allocations. */
export function tellLadderOwner(work: Work, item: ItemId): void {
  const { ladder } = knownTime(work, item);
  if (ladder) timeOf(work, item).ladder = { ...ladder, ...ladderOwner(work, item) };
}

/** An owner may be a queue; work in a queue is unassigned all the same (L6, E1). */
export function ladderOwner(work: Work, item: ItemId): Pick<LadderState, 'owner' | 'unassignedSince'> {
  const [kind, id] = splitItem(item);
  const holder = kind === 'task' ? work.state.tasks[id] : work.state;
  const owner = holder?.owner ?? null;
  if (owner !== null) return { owner, unassignedSince: null };
  const since = knownTime(work, item).ladder?.unassignedSince ?? work.at;
  return { owner: queueOf(work, holder?.group ?? null), unassignedSince: since };
}

/** A team's queue as selectors write it. */
export function queueOf(work: Work, group: string | null): string | null {
  if (group === null) return null;
  return `${work.bundle.teams[group]?.type === 'role' ? 'role' : 'group'}:${group}`;
}

/** Advances the clocks of an item to an instant and records what became due (C3). */
export function advanceClocks(work: Work, item: ItemId, to: Instant, inclusive: boolean): void {
  const time = timeOf(work, item);
  for (const [name, clock] of Object.entries(time.clocks)) {
    const step = advanceClock(clock, { to, inclusive }, calendarsOf(work));
    time.clocks[name] = step.state;
    for (const fact of step.facts) recordClockFact(work, item, name, fact);
    if (isExtendedLate(step.state)) recolour(work, item, name);
  }
}

/** Earliest instant at which a clock of the item has something to say. */
export function clocksDueAt(work: Work, item: ItemId): Instant | null {
  const { clocks } = knownTime(work, item);
  let soonest: Instant | null = null;
  for (const [name, clock] of Object.entries(clocks)) {
    const due = isExtendedLate(clock) ? recolourAt(work, item, name, clock) : clockDueAt(clock, calendarsOf(work));
    soonest = earliest(soonest, due);
  }
  return soonest;
}

/** Whether the target in force was given after the breach: no fact comes any more, and the colour goes on changing (C9). */
function isExtendedLate(clock: ClockState): boolean {
  return clock.phase === 'running' && clock.breach !== null && clock.breach.revision !== currentRevision(clock).number;
}

/** When the machine next shows another colour of a clock that brings no facts; null when it is exceeded, or lapses. */
function recolourAt(work: Work, item: ItemId, name: string, clock: ClockState): Instant | null {
  const value = valueOfItem(work, item);
  const shown = typeof value === 'object' ? value[clockRegion(name)] : undefined;
  if (isLapsing(work, item) || (shown !== 'onTrack' && shown !== 'amber')) return null;
  const [amber, due] = [amberAt(clock, calendarsOf(work)), dueAt(clock, calendarsOf(work))];
  // Exceeded is later than the deadline.
  return shown === 'onTrack' && amber !== null ? amber : due === null ? null : due + 1;
}

/** Fires the rungs that are due; after downtime all that is due fires now, once (D4). */
export function climbLadder(work: Work, item: ItemId, inclusive: boolean): boolean {
  if (!knownTime(work, item).ladder) return false;
  const time = timeOf(work, item);
  const document = ladderOfItem(work, item);
  if (!time.ladder || !document) return false;
  const spec = specOf(work, item, document);
  const until = { to: work.env.now, inclusive, pace: 'catchUp' as const };
  const due = ladderDueAt(spec, time.ladder, mainClock(time) ?? null, calendarsOf(work));
  if (due === null || due > until.to || (due === until.to && !inclusive)) return false;
  const step = advanceLadder(spec, time.ladder, mainClock(time) ?? null, until, worldOf(work));
  time.ladder = step.state;
  work.firings.push({ item, facts: step.facts });
  return step.facts.length > 0;
}

/** Ladder document of an item. */
export function ladderOfItem(work: Work, item: ItemId): LadderDocument | null {
  const [kind, id] = splitItem(item);
  if (kind === 'task') return work.bundle.tasks[work.state.tasks[id]?.node ?? '']?.ladder ?? null;
  if (kind === 'clock') return work.bundle.clocks[work.state.clocks[id]?.key ?? '']?.ladder ?? null;
  return work.bundle.caseLadder;
}

/** The ladder's definition with its calendar settled: its own, else the clock's (E1). */
export function specOf(work: Work, item: ItemId, document: LadderDocument): LadderSpec {
  const calendar = mainClock(knownTime(work, item))?.calendar ?? work.bundle.workflow.calendar;
  return toLadderSpec(document.key, document, calendar);
}

/** The clock a ladder follows: `completion`, else the first. */
export function mainClock(time: Readonly<ItemTime>): ClockState | undefined {
  return time.clocks['completion'] ?? Object.values(time.clocks)[0];
}

/** Tells how the clocks and ladders that moved now stand: the last event of a decision, one for all items. */
export function keepTime(work: Work): void {
  const moved: Kept[] = [];
  for (const item of work.time.keys()) keepItem(work, item, moved);
  for (const item of work.values.keys()) if (!work.time.has(item)) keepItem(work, item, moved);
  const [first, ...others] = moved;
  if (!first) return;
  const told = others.length > 0 ? { ...first, others } : first;
  emit(work, 'timekept', told as never, { effectiveAt: work.env.now });
}

type Kept = Timekeeping & { item: ItemId; value?: MachineValue };

function keepItem(work: Work, item: ItemId, moved: Kept[]): void {
  const value = valueOfItem(work, item);
  const isSameValue = isSame(value, toldValue(work, item));
  // Most items were only stepped: what the machine reached is told already, and no clock of theirs moved.
  if (isSameValue && !work.time.has(item)) return;
  const before = work.state.time[item];
  if (isSameValue && !before && isUntimed(knownTime(work, item))) return;
  const kept = toTimekeeping(work, item);
  if (isSameValue && isSameTime(kept, before ?? untimed)) return;
  moved.push({ item, ...kept, ...(isSameValue ? {} : { value }) });
}

function isUntimed({ clocks, ladder }: Readonly<ItemTime>): boolean {
  return ladder === null && Object.keys(clocks).length === 0;
}

function isSameTime(a: Timekeeping, b: Timekeeping): boolean {
  return (
    a.nextDueAt === b.nextDueAt &&
    isSame(a.ladder, b.ladder) &&
    isSameByName(a.clocks, b.clocks) &&
    isSameByName(a.rows, b.rows, isSameRow)
  );
}

/** What did not move is mostly the very same clock: only what looks different is written out. */
function isSameByName<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  same: (a: T | undefined, b: T | undefined) => boolean = isSame,
): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]));
}

function isSameRow(a: ClockRow | undefined, b: ClockRow | undefined): boolean {
  return (
    a?.startedAt === b?.startedAt &&
    a?.amberAt === b?.amberAt &&
    a?.dueAt === b?.dueAt &&
    a?.breachedAt === b?.breachedAt &&
    a?.paused === b?.paused &&
    a?.outcome === b?.outcome
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function toldValue(work: Work, item: ItemId) {
  const [kind, id] = splitItem(item);
  if (kind === 'task') return work.state.tasks[id]?.value;
  return kind === 'clock' ? work.state.clocks[id]?.value : work.state.value;
}

function toTimekeeping(work: Work, item: ItemId): Timekeeping {
  const time = knownTime(work, item);
  const rows = Object.fromEntries(Object.entries(time.clocks).map(([name, clock]) => [name, toRow(work, clock)]));
  const document = ladderOfItem(work, item);
  const ladderDue =
    time.ladder && document
      ? ladderDueAt(specOf(work, item, document), time.ladder, mainClock(time) ?? null, calendarsOf(work))
      : null;
  return { clocks: time.clocks, ladder: time.ladder, rows, nextDueAt: earliest(clocksDueAt(work, item), ladderDue) };
}

function toRow(work: Work, clock: ClockState): ClockRow {
  return {
    startedAt: clock.startedAt,
    amberAt: amberAt(clock, work.calendarOf),
    dueAt: dueAt(clock, work.calendarOf),
    breachedAt: clock.breach?.at ?? null,
    paused: clock.phase === 'paused',
    outcome: outcomeOf(clock),
  };
}

function worldOf(work: Work): LadderWorld {
  return {
    calendarOf: calendarsOf(work),
    directory: toLadderDirectory(work.env.directory, work.bundle),
    people: { caseOwner: work.state.owner ?? queueOf(work, work.state.group), customer: 'customer' },
    holds: (condition) => isTrue(condition, factsOf(work)),
  };
}
