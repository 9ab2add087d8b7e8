import type { OwnerRules, OwnerStrategy } from '../../schemas/allocation.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import { taskTypes } from '../../schemas/kinds.ts';

/** Owners a drawing offers: the case owner, teams, and teams in turn; each value is the strategy as text. */
export function ownerChoices(configuration: Pick<Configuration, 'team'>): { value: string; label: string }[] {
  const teams = Object.values(configuration.team).filter((team) => team.type !== 'stakeholders');
  const choices: { to: OwnerStrategy; label: string }[] = [
    { to: { by: 'caseOwner' }, label: 'Case owner' },
    ...teams.map((team) => ({
      to:
        team.type === 'role' ? ({ by: 'role', role: team.key } as const) : ({ by: 'group', group: team.key } as const),
      label: team.title,
    })),
    ...teams.map((team) => ({ to: { by: 'roundRobin', team: team.key } as const, label: `${team.title}, in turn` })),
  ];
  return choices.map(({ to, label }) => ({ value: JSON.stringify(to), label }));
}

/** The choice that stands for these rules: that of the last one, which has no condition. */
export function ownerChoice(rules: OwnerRules | undefined): string | undefined {
  const last = inOrder(rules ?? {}).at(-1)?.to;
  return last ? JSON.stringify(last) : undefined;
}

/** Rules with one owner for all. */
export function rulesOfChoice(value: string): OwnerRules {
  return { owner: { order: 1, to: JSON.parse(value) as OwnerStrategy } };
}

/** The same rules with this owner where none of those with a condition holds. */
export function withOwner(rules: OwnerRules | undefined, value: string): OwnerRules {
  const list = inOrder(rules ?? {});
  const last = list.at(-1);
  if (!rules || !last) return rulesOfChoice(value);
  const to = JSON.parse(value) as OwnerStrategy;
  const { key, ...rule } = last;
  return rule.when === undefined
    ? { ...rules, [key]: { ...rule, to } }
    : { ...rules, [freeKey(rules)]: { order: last.order + 1, to } };
}

function freeKey(rules: OwnerRules): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? 'owner' : `owner-${number}`;
    if (!Object.hasOwn(rules, key)) return key;
  }
}

/** Kinds of work, as people read them. */
export const taskTypeChoices = taskTypes.map((value) => ({
  value,
  label: value[0]?.toUpperCase() + value.slice(1),
}));

/** Ladders that warn about tasks. */
export function ladderChoices(configuration: Pick<Configuration, 'ladder'>): { value: string; label: string }[] {
  return Object.values(configuration.ladder)
    .filter((ladder) => ladder.subject === 'task')
    .map(({ key, title }) => ({ value: key, label: title }));
}
