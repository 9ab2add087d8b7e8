import type { CaseCommand } from '../../schemas/case-command.ts';
import type { LadderDocument } from '../../schemas/ladder.ts';
import { type Directory, readMoment, SAMPLE_HOLD, SAMPLE_KEY, type ScriptedCommand } from '../document/time-engine.ts';

/** Something that happens to the work in a storyboard. */
export interface Happening {
  id: number;
  /** Local date-time, as its field holds it. */
  at: string;
  what: 'start' | 'note' | 'pause' | 'resume' | 'acknowledge' | 'reassign' | 'complete';
  /** To whom it is reassigned. */
  to?: string;
}

/** Somebody who is away in a storyboard, beside the absences of the directory. */
export interface StoryAbsence {
  id: number;
  user: string;
  /** First and last day, both away. */
  from: string;
  to: string;
  cover?: string;
}

export const happeningWords: Readonly<Record<Happening['what'], string>> = {
  start: 'is started',
  note: 'gets a note (activity)',
  pause: 'is put on hold',
  resume: 'is resumed',
  acknowledge: 'is acknowledged',
  reassign: 'is given to',
  complete: 'is completed',
};

/** What can happen to what a ladder watches; the law's clocks know no hold. */
export function happeningsFor(subject: LadderDocument['subject']): readonly Happening['what'][] {
  switch (subject) {
    case 'task':
      return ['start', 'note', 'pause', 'resume', 'acknowledge', 'reassign', 'complete'];
    case 'case':
      return ['note', 'pause', 'resume', 'reassign', 'complete'];
    case 'clock':
      return ['reassign', 'complete'];
  }
}

/** The commands of a storyboard in order of time; what is half-written is left out. */
export function toCommands(
  happenings: readonly Happening[],
  subject: LadderDocument['subject'],
  zone: string,
  actor: string,
): ScriptedCommand[] {
  return happenings
    .flatMap((happening) => {
      const at = readMoment(happening.at, zone);
      const command = toCommand(happening, subject);
      return at === undefined || command === undefined ? [] : [{ at, actor, command }];
    })
    .sort((a, b) => a.at - b.at);
}

function toCommand({ what, to }: Happening, subject: LadderDocument['subject']): CaseCommand | undefined {
  const task = SAMPLE_KEY;
  const isTask = subject === 'task';
  switch (what) {
    case 'start':
      return { type: 'startTask', task };
    case 'note':
      return { type: 'addNote', ...(isTask ? { task } : {}), text: 'Note' };
    case 'pause':
      return isTask ? { type: 'holdTask', task, reason: SAMPLE_HOLD } : { type: 'holdCase', reason: SAMPLE_HOLD };
    case 'resume':
      return isTask ? { type: 'resumeTask', task } : { type: 'resumeCase' };
    case 'acknowledge':
      return { type: 'acknowledge', task };
    case 'reassign':
      if (!to) return undefined;
      return isTask
        ? { type: 'reassignTask', task, to, reason: 'Storyboard' }
        : { type: 'changeCaseOwner', to, reason: 'Storyboard' };
    case 'complete':
      return isTask ? { type: 'completeTask', task } : { type: 'closeCase' };
  }
}

/** The people of a storyboard: those of the directory, with who is away in it. */
export function withAbsences(directory: Directory, absences: readonly StoryAbsence[], zone: string): Directory {
  const users = { ...directory.users };
  for (const { user, from, to, cover } of absences) {
    const person = users[user];
    const start = readMoment(`${from}T00:00`, zone);
    const end = readMoment(`${to}T23:59`, zone);
    if (!person || start === undefined || end === undefined || end <= start) continue;
    const absence = { from: start, to: end + 60, ...(cover ? { cover } : {}) };
    users[user] = { ...person, absences: [...(person.absences ?? []), absence] };
  }
  return { users };
}
