import type { Person, WorkingTerms } from '../../schemas/api.ts';
import { type DirectoryUser, fromIsoText, toIsoText } from '../document/time-engine.ts';

/** An absence as its fields hold it: first and last day away. */
export interface AbsenceDraft {
  id: number;
  from: string;
  to: string;
  cover: string;
  existingWork: 'share' | 'reassign';
}

/** Somebody as the dialog holds them, half-written or not. */
export interface PersonDraft {
  id: string;
  name: string;
  email: string;
  teams: readonly string[];
  manager: string;
  skills: string;
  active: boolean;
  capacity: string;
  calendar: string;
  absences: readonly AbsenceDraft[];
}

export function emptyDraft(team: string): PersonDraft {
  return {
    id: '',
    name: '',
    email: '',
    teams: [team],
    manager: '',
    skills: '',
    active: true,
    capacity: '',
    calendar: '',
    absences: [],
  };
}

/** Somebody of the directory as the dialog shows them. */
export function toDraft(id: string, user: DirectoryUser, zone: string): PersonDraft {
  const dayOf = (at: number) => toIsoText(at, zone).slice(0, 10);
  return {
    id,
    name: user.name,
    email: user.email ?? '',
    teams: user.teams,
    manager: user.manager ?? '',
    skills: (user.skills ?? []).join(', '),
    active: user.active,
    capacity: user.capacity === undefined ? '' : String(user.capacity),
    calendar: user.calendar ?? '',
    absences: (user.absences ?? []).map(({ from, to, cover, existingWork }, at) => ({
      id: at + 1,
      from: dayOf(from),
      to: dayOf(to - 1),
      cover: cover ?? '',
      existingWork: existingWork ?? 'share',
    })),
  };
}

export interface PersonProblems {
  id?: string;
  name?: string;
  email?: string;
  skills?: string;
  capacity?: string;
  manager?: string;
  absences: Readonly<Record<number, string>>;
}

/** What the server is sent, or what is still to be put right, by field. */
export function readDraft(
  draft: PersonDraft,
  zone: string,
  others: readonly string[],
): { person: Person; terms: WorkingTerms } | { problems: PersonProblems } {
  const skills = draft.skills.split(/[,;\s]+/).filter(Boolean);
  const wrongSkill = skills.find((skill) => !/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(skill));
  const absenceProblems = Object.fromEntries(
    draft.absences.flatMap((one) => {
      const why = absenceProblem(one, draft.id);
      return why ? [[one.id, why]] : [];
    }),
  );
  const problems: PersonProblems = {
    ...(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(draft.id) ? {} : { id: 'Letters, digits, - and _.' }),
    ...(others.some((id) => id.toLowerCase() === draft.id.toLowerCase())
      ? { id: 'Somebody has this id already.' }
      : {}),
    ...(draft.name.trim() === '' ? { name: 'Write a name.' } : {}),
    ...(draft.email === '' || /^\S+@\S+\.\S+$/.test(draft.email)
      ? {}
      : { email: 'Write an address such as robin@example.org.' }),
    ...(wrongSkill ? { skills: `“${wrongSkill}” is no skill: letters, digits, - and _.` } : {}),
    ...(draft.capacity === '' || /^\d{1,6}$/.test(draft.capacity)
      ? {}
      : { capacity: 'A whole number, or empty for no limit.' }),
    ...(draft.manager !== '' && draft.manager === draft.id ? { manager: 'Nobody is their own manager.' } : {}),
    absences: absenceProblems,
  };
  if (Object.keys(problems).length > 1 || Object.keys(absenceProblems).length > 0) return { problems };
  const dayStart = (date: string) => fromIsoText(`${date}T00:00`, zone);
  return {
    person: {
      name: draft.name.trim(),
      email: draft.email || null,
      teams: [...draft.teams],
      manager: draft.manager || null,
      skills,
      active: draft.active,
    },
    terms: {
      capacity: draft.capacity === '' ? null : Number(draft.capacity),
      calendar: draft.calendar || null,
      absences: draft.absences.map(({ from, to, cover, existingWork }) => ({
        from: dayStart(from),
        // Back on the morning after the last day away.
        to: dayStart(nextDay(to)),
        ...(cover ? { cover, existingWork } : {}),
      })),
    },
  };
}

function absenceProblem({ from, to, cover }: AbsenceDraft, id: string): string | undefined {
  if (!isDate(from) || !isDate(to)) return 'Choose the first and the last day.';
  if (to < from) return 'The last day comes before the first.';
  return cover !== '' && cover === id ? 'Nobody covers for themselves.' : undefined;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function nextDay(date: string): string {
  return toIsoText(fromIsoText(`${date}T12:00:00Z`) + 86_400).slice(0, 10);
}
