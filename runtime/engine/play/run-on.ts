import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { isOpenCase, toTaskRows } from '../run/rows.ts';
import { sampleFields } from './sample-fields.ts';
import { actInPlay, nextTimer, type PlaySession, waitInPlay } from './session.ts';

const MOST_STEPS = 600;

/**
 * Plays on to the end as late as every target allows: each task is completed when it is due, as the plan assumes (T10); what has
 * no target is completed at once. Stops where nothing can be done and nothing is awaited.
 */
export function runOnTime(session: PlaySession, actor: string): PlaySession {
  let now = session;
  for (let left = MOST_STEPS; left > 0; left--) {
    const { state } = now.played;
    if (!state || !isOpenCase(state)) return now;
    const next = firstDue(now);
    const timer = nextTimer(now);
    const awaits = Object.values(state.tasks).some(({ life }) => life === 'pending');
    if (timer !== null && (next ? timer < next.at : awaits)) {
      const waited = waitInPlay(now, timer);
      if (waited.events.length === now.events.length) return now;
      now = waited;
      continue;
    }
    if (!next) return now;
    if (next.at > now.now) now = waitBefore(now, next.at);
    const done = actInPlay(now, actor, next.command);
    if (!done.ok) return now;
    now = done.session;
  }
  return now;
}

/** To an instant without what is due at that very instant: a task completed when it is due is in time (C2). */
function waitBefore(session: PlaySession, until: Instant): PlaySession {
  const waited = waitInPlay(session, until - 1);
  return { ...waited, now: until, steps: session.steps, before: session.before };
}

function firstDue({ played, ground, now }: PlaySession): { at: Instant; command: CaseCommand } | undefined {
  if (!played.state) return undefined;
  const open = toTaskRows(played.state).filter(({ state }) => state === 'ready' || state === 'inProgress');
  const [first] = open
    .map((task) => ({ task, at: Math.max(now, task.dueAt ?? now) }))
    .sort((a, b) => a.at - b.at || a.task.id.localeCompare(b.task.id, 'en'));
  if (!first) return undefined;
  const document = ground.bundle.tasks[first.task.node]?.task;
  const [outcome] = Object.keys(document?.outcomes ?? {});
  const fields = sampleFields(ground.bundle, first.task.node);
  const asked = { ...(outcome === undefined ? {} : { outcome }), ...(fields ? { fields } : {}) };
  return { at: first.at, command: { type: 'completeTask', task: first.task.id, ...asked } };
}
