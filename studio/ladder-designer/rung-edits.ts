import type { LadderDocument, Rung, Trigger } from '../../schemas/ladder.ts';
import type { EditCommand } from '../document/engine.ts';
import { rungsOf } from './rung-words.ts';

/** Each gesture on a ladder as one command, so that it is one step to take back. */
export function setRung(ladder: LadderDocument, rung: string, field: keyof Rung, value: unknown): EditCommand {
  return {
    type: 'setDocumentField',
    kind: 'ladder',
    key: ladder.key,
    path: ['rungs', rung, field],
    ...(value === undefined ? {} : { value }),
  };
}

/** A free key that begins with a wish. */
export function freeRungKey(ladder: LadderDocument, wish: string): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? wish : `${wish}-${number}`;
    if (!Object.keys(ladder.rungs).some((taken) => taken.toLowerCase() === key.toLowerCase())) return key;
  }
}

const wishes: Readonly<Record<Trigger['on'], string>> = {
  warning: 'amber',
  breached: 'overdue',
  clockEnd: 'clock-end',
  followOn: 'next',
  stagnant: 'stagnant',
  unassigned: 'unassigned',
  notStarted: 'not-started',
  pausedTooLong: 'paused',
};

/** A new rung at the end of the ladder: it tells whom the last one tells, in its words, and can be changed from there. */
export function addRung(ladder: LadderDocument, trigger: Trigger, templates: readonly string[]) {
  const key = freeRungKey(ladder, wishes[trigger.on]);
  const last = rungsOf(ladder).at(-1);
  const template = templates.includes(key) ? key : (last?.template ?? templates[0] ?? key);
  const rung: Rung = {
    order: (last?.order ?? -1) + 1,
    trigger,
    to: [ladder.subject === 'task' ? 'owner' : 'caseOwner'],
    channels: last?.channels ?? ['inApp', 'email'],
    template,
    actions: [],
  };
  return { key, command: setWhole(ladder, key, rung) };
}

/** What a new rung of each kind begins with. */
export function firstTrigger(ladder: LadderDocument, on: Trigger['on']): Trigger {
  switch (on) {
    case 'warning':
    case 'breached':
    case 'clockEnd':
      return { on };
    case 'followOn': {
      const after = rungsOf(ladder).at(-1)?.key;
      const wait = { value: 2, unit: 'workingDays' } as const;
      return { on, for: wait, mode: 'outstanding', ...(after === undefined ? {} : { after }) };
    }
    case 'stagnant':
      return { on, for: { value: 5, unit: 'workingDays' } };
    case 'unassigned':
    case 'notStarted':
      return { on, for: { value: 4, unit: 'hours' } };
    case 'pausedTooLong':
      return { on };
  }
}

function setWhole(ladder: LadderDocument, key: string, value: Rung | undefined): EditCommand {
  return {
    type: 'setDocumentField',
    kind: 'ladder',
    key: ladder.key,
    path: ['rungs', key],
    ...(value === undefined ? {} : { value }),
  };
}

/** Takes a rung out; what followed it follows what it followed itself. */
export function removeRung(ladder: LadderDocument, key: string): EditCommand {
  const removed = ladder.rungs[key];
  const followers = Object.entries(ladder.rungs).filter(([, { trigger }]) => trigger.after === key);
  const moved = followers.map(([follower, { trigger }]) =>
    // One that the removed rung waited for in turn starts from the clock: it cannot follow itself.
    setRung(
      ladder,
      follower,
      'trigger',
      removed && removed.trigger.after !== follower ? inPlaceOf(removed.trigger, trigger) : { on: 'breached' },
    ),
  );
  return { type: 'batch', label: `Delete rung ${key}`, commands: [...moved, setWhole(ladder, key, undefined)] };
}

function inPlaceOf(removed: Trigger, follower: Trigger): Trigger {
  switch (removed.on) {
    case 'followOn':
      return { ...follower, ...(removed.after === undefined ? {} : { after: removed.after }) };
    case 'warning':
    case 'breached':
    case 'clockEnd':
      return { on: removed.on, ...(follower.for ? { offset: follower.for } : {}) };
    case 'stagnant':
    case 'unassigned':
    case 'notStarted':
    case 'pausedTooLong':
      return { on: removed.on, ...(follower.for ? { for: follower.for } : {}) };
  }
}

/** Moves a rung one place up or down; undefined at the end of the list. */
export function moveRung(ladder: LadderDocument, key: string, by: -1 | 1): EditCommand | undefined {
  const keys = rungsOf(ladder).map((rung) => rung.key);
  const at = keys.indexOf(key);
  const to = at + by;
  if (at < 0 || to < 0 || to >= keys.length) return undefined;
  keys.splice(to, 0, ...keys.splice(at, 1));
  const commands = keys.flatMap((rung, order) =>
    ladder.rungs[rung]?.order === order ? [] : [setRung(ladder, rung, 'order', order)],
  );
  return { type: 'batch', label: `Move rung ${key} ${by < 0 ? 'up' : 'down'}`, commands };
}

/** Gives a rung another key; what follows it follows it still. */
export function renameRung(ladder: LadderDocument, key: string, to: string): EditCommand | undefined {
  const rung = ladder.rungs[key];
  if (!rung || key === to) return undefined;
  const followers = Object.entries(ladder.rungs).filter(
    ([other, { trigger }]) => other !== key && trigger.after === key,
  );
  return {
    type: 'batch',
    label: `Rename rung ${key} to ${to}`,
    commands: [
      setWhole(ladder, to, rung),
      ...followers.map(([follower, { trigger }]) => setRung(ladder, follower, 'trigger', { ...trigger, after: to })),
      setWhole(ladder, key, undefined),
    ],
  };
}

/** The same trigger some units later or earlier; a wait never falls below nothing. */
export function shiftTrigger(trigger: Trigger, by: number): Trigger {
  const { on } = trigger;
  if (on === 'warning' || on === 'breached' || on === 'clockEnd') {
    const offset = trigger.offset ?? { value: 0, unit: 'workingDays' as const };
    return withOffset(trigger, { ...offset, value: offset.value + by });
  }
  const wait = trigger.for ?? { value: 0, unit: 'workingDays' as const };
  return { ...trigger, for: { ...wait, value: Math.max(0, wait.value + by) } };
}

function withOffset(trigger: Trigger, offset: NonNullable<Trigger['offset']>): Trigger {
  const { offset: _, ...rest } = trigger;
  return offset.value === 0 ? rest : { ...rest, offset };
}
