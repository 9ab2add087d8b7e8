import type { CaseEvent, CaseEventPayloads, ItemId } from '../../../schemas/case-event.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Channel } from '../../../schemas/ladder.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { explainClocks } from '../clock/explain-clock.ts';
import { compileWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { DIGEST_WINDOW_SECONDS } from '../ladder/digest.ts';
import { renderTemplate, toMessageScope } from '../notify/render.ts';
import { caseTimeline } from '../observe/case-timeline.ts';
import type { PlayGround } from '../play/player.ts';
import type { CaseState, Directory, TimelineEntry } from '../run/types.ts';
import { playCase, type ScriptedCommand } from './case.ts';
import { type Sent, sendMessages } from './sender.ts';

/** What a story is told from: commands at virtual times, the people, and how long it goes on. */
export interface StoryScript {
  readonly startedAt: Instant;
  readonly until: Instant;
  /** After the launch, in order of time; absent: nobody touches it. */
  readonly commands?: readonly ScriptedCommand[];
  readonly answers?: Answers;
  readonly directory: Directory;
}

/** A message with its real dates, recipient and words. */
export interface StoryMessage {
  readonly id: string;
  readonly createdAt: Instant;
  /** When it leaves; null where it is dropped. */
  readonly leavesAt: Instant | null;
  /** Why it is dropped. */
  readonly dropped: string | null;
  /** Number of the digest it goes out in; null where it goes by itself (D7). */
  readonly digest: number | null;
  readonly to: string;
  readonly toName: string;
  /** The absent person whose cover reads it (E12). */
  readonly coverFor: string | null;
  readonly channel: Channel;
  readonly item: ItemId;
  readonly itemTitle: string;
  /** `assigned` for the message of a reassignment; null for what the drawing sends. */
  readonly rung: string | null;
  readonly occurrence: number;
  readonly template: string | null;
  readonly urgent: boolean;
  readonly subject: string | null;
  readonly text: string;
  /** Why the built-in plain text stands in (N5). */
  readonly failed: string | null;
}

/** Many messages within five minutes: how many, to how many people, and how many digests they became. */
export interface StoryStorm {
  readonly at: Instant;
  readonly messages: number;
  readonly people: number;
  readonly digests: number;
}

/** A clock as it stands at the end of the story. */
export interface StoryClock {
  readonly item: ItemId;
  readonly title: string;
  readonly startedAt: Instant | null;
  readonly amberAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  /** The derivation in words. */
  readonly text: string;
}

export interface StoryFiring {
  readonly at: Instant;
  readonly item: ItemId;
  readonly rung: string;
  readonly occurrence: number;
  readonly recipients: readonly string[];
}

export interface Storyboard {
  readonly startedAt: Instant;
  readonly until: Instant;
  readonly zone: string;
  /** What happened, in sentences, without the messages. */
  readonly entries: readonly TimelineEntry[];
  /** In the order in which they leave; dropped ones at the time they were written. */
  readonly messages: readonly StoryMessage[];
  readonly storms: readonly StoryStorm[];
  readonly clocks: readonly StoryClock[];
  /** Every firing of a rung; without recipients it reached nobody (E13). */
  readonly firings: readonly StoryFiring[];
  readonly refused: readonly { readonly at: Instant; readonly command: string; readonly reason: string }[];
}

/** More messages than this within five minutes are a storm, whoever they go to. */
const CALM_MESSAGES = 10;

/** Plays a case of a workflow on the compiled machines and tells who hears what, when and in which words. Throws RangeError for an unknown workflow. */
export function tellStory(
  configuration: Configuration,
  workflow: string,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  script: StoryScript,
): Storyboard {
  const bundle = compileWorkflow({ configuration }, workflow);
  const answers = script.answers ?? {};
  const launch: ScriptedCommand = { at: script.startedAt, actor: 'officer', command: { type: 'launch', answers } };
  const { directory, until } = script;
  const commands = [launch, ...(script.commands ?? []).filter(({ at }) => at <= until)];
  const played = playCase(bundle, calendars, { answers, commands, directory, until: until + 1 });
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const messages = tellMessages(configuration, { bundle, calendars, directory }, played.events);
  return {
    startedAt: script.startedAt,
    until,
    zone,
    entries: caseTimeline(bundle, played.events, zone).filter(({ kind }) => kind !== 'message'),
    messages,
    storms: findStorms(messages),
    clocks: played.state ? clocksOf(played.state, bundle, calendars) : [],
    firings: played.events.flatMap((event) => {
      if (event.type !== 'rungFired') return [];
      const { item, rung, n: occurrence, recipients } = event.payload;
      return [{ at: event.effectiveAt, item, rung, occurrence, recipients }];
    }),
    refused: played.refused.map(({ at, command, rejection }) => ({
      at,
      command: command.type,
      reason: rejection.reason,
    })),
  };
}

/** Every message of a played case in the order in which they leave, with its real text and recipient; dropped ones when they were written. */
export function tellMessages(
  configuration: Configuration,
  { bundle, calendars, directory }: PlayGround,
  events: readonly CaseEvent[],
): StoryMessage[] {
  const [settings] = Object.values(configuration.settings);
  const zone = settings?.zone ?? 'Europe/London';
  const calendarFor = (key: string | undefined) => (key === undefined ? undefined : calendars[key]);
  const common = calendarFor(settings?.notifyCalendar) ?? null;
  const hoursOf = (user: string) =>
    (Object.hasOwn(directory.users, user) ? calendarFor(directory.users[user]?.calendar) : undefined) ?? common;
  return sendMessages(events, { bundle, directory, hoursOf })
    .map((sent) => toStoryMessage(sent, configuration, directory, zone))
    .sort((a, b) => (a.leavesAt ?? a.createdAt) - (b.leavesAt ?? b.createdAt));
}

function toStoryMessage(sent: Sent, configuration: Configuration, directory: Directory, zone: string): StoryMessage {
  const { queued, ...fate } = sent;
  const scope = toMessageScope(queued, {
    reference: 'SAMPLE-0001',
    recipientName: nameOf(queued.to, directory),
    link: '/studio/cases/sample',
    zone,
  });
  const template = queued.template === null ? undefined : configuration.template[queued.template];
  const { subject, text, failed } = renderTemplate(template, queued.channel, queued.language, scope, zone);
  // An inbox shows the subject of the e-mail as the line people know the message by.
  const line = subject ?? renderTemplate(template, 'email', queued.language, scope, zone).subject;
  return {
    id: queued.messageId,
    ...fate,
    to: queued.to,
    toName: nameOf(queued.to, directory),
    coverFor: queued.coverFor === undefined ? null : nameOf(queued.coverFor, directory),
    channel: queued.channel,
    item: queued.item,
    itemTitle: titleIn(queued),
    rung: queued.rung,
    occurrence: Number(queued.firing?.split('/').at(-1) ?? 1),
    template: queued.template,
    urgent: queued.urgent,
    subject: queued.channel === 'sms' || queued.channel === 'webhook' ? null : line,
    text,
    failed,
  };
}

function nameOf(to: string, directory: Directory): string {
  if (to === 'customer') return 'the customer';
  return (Object.hasOwn(directory.users, to) ? directory.users[to]?.name : undefined) ?? to;
}

function titleIn({ variables, item }: CaseEventPayloads['messageQueued']): string {
  const of = (group: string) => (variables[group] as { title?: unknown } | undefined)?.title;
  const title = of('task') ?? of('clock');
  return typeof title === 'string' && title !== '' ? title : item;
}

/** Stretches of five minutes in which one person's messages became a digest, or more leave than anybody would expect (D7). */
function findStorms(messages: readonly StoryMessage[]): StoryStorm[] {
  const storms: StoryStorm[] = [];
  const leaving = messages.filter((message) => message.leavesAt !== null);
  for (let from = 0; from < leaving.length; ) {
    const at = leaving[from]?.leavesAt ?? 0;
    const window = leaving.slice(from).filter(({ leavesAt }) => (leavesAt ?? 0) < at + DIGEST_WINDOW_SECONDS);
    const digests = new Set(window.flatMap(({ digest }) => (digest === null ? [] : [digest]))).size;
    if (digests > 0 || window.length > CALM_MESSAGES)
      storms.push({ at, messages: window.length, people: new Set(window.map(({ to }) => to)).size, digests });
    from += window.length;
  }
  return storms;
}

function clocksOf(
  state: CaseState,
  bundle: CompiledWorkflow,
  calendars: Readonly<Record<string, CompiledCalendar>>,
): StoryClock[] {
  const explained = explainClocks(state.time, (key) => {
    const calendar = calendars[key];
    if (!calendar) throw new RangeError(`there is no calendar "${key}"; it was deleted, or its time zone is unknown`);
    return calendar;
  });
  return Object.entries(state.time).flatMap(([item, { rows }]) =>
    Object.entries(rows).map(([name, row]) => ({
      item: item as ItemId,
      title: titleOf(item, state, bundle),
      startedAt: row.startedAt,
      amberAt: row.amberAt,
      dueAt: row.dueAt,
      breachedAt: row.breachedAt,
      text: explained[item]?.[name] ?? '',
    })),
  );
}

function titleOf(item: string, state: CaseState, bundle: CompiledWorkflow): string {
  if (item.startsWith('task:')) return state.tasks[item.slice(5)]?.title ?? item;
  if (item.startsWith('clock:')) return state.clocks[item.slice(6)]?.title ?? item;
  return bundle.workflow.title;
}
