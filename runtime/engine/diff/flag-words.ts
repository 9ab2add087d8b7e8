/** What is said of whatever has a field that is yes or no, once it is yes and once it is no. */
const said: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  alwaysOpen: ['is now open at all hours', 'now keeps its weekly hours'],
  beforeDeadlineOnly: ['must now come before the deadline', 'may now come after the deadline too'],
  each: ['now runs for each completion', 'now runs only once'],
  exclusive: ['cannot be chosen with others any more', 'can now be chosen with others'],
  inheritCasePause: ['now stands still while its case does', 'goes on now while its case stands still'],
  mandatory: ['is now mandatory', 'is not mandatory any more'],
  onlyTheseMessages: ['now fails with any other message', 'now lets other messages pass'],
  outsideSla: ['is now outside the case SLA', 'is now within the case SLA'],
  partOfRent: ['is now part of the rent', 'is not part of the rent any more'],
  pausable: ['is now paused by a hold', 'is not paused by a hold any more'],
  privateToOwner: [
    'now shows its cases to their owner and leaders only',
    'now shows its cases to all who may see cases',
  ],
  reasonRequired: ['now needs a written reason', 'needs no written reason any more'],
  repeatable: ['is now repeatable', 'is not repeatable any more'],
  required: ['is now required', 'is not required any more'],
  roundRobin: ['is now dealt its work in turn', 'is not dealt its work in turn any more'],
  sensitive: ['is now sensitive', 'is not sensitive any more'],
  urgent: ['is now urgent', 'is not urgent any more'],
  whole: ['now takes whole numbers only', 'now takes fractions too'],
};

/** What the organisation switches on and off for all. */
const switches: Readonly<Record<string, string>> = { twoPersonPublish: 'publishing by two persons' };

/** Fields that count as yes where they are absent. */
const yesByDefault: ReadonlySet<string> = new Set(['inheritCasePause', 'pausable', 'required']);

/** Maps whose keys are no fields: an attribute may be called "urgent" and mean something else. */
const namedByPeople: ReadonlySet<string | undefined> = new Set(['attributes', 'answers']);

/** What became of a field that is yes or no, as people say it; undefined for any other, and where only its default is now written. */
export function flagChange(path: readonly string[], of: string, from: unknown, to: unknown): string | undefined {
  if (!isFlag(from) || !isFlag(to) || namedByPeople.has(path.at(-2))) return undefined;
  const field = path.at(-1) ?? '';
  const [before, after] = [from, to].map((value) => value ?? yesByDefault.has(field));
  if (before === after) return undefined;
  const name = switches[field];
  if (name !== undefined) return `${name} is now ${after ? 'on' : 'off'}`;
  const words = said[field];
  return words && `${of} ${words[after ? 0 : 1]}`;
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}
