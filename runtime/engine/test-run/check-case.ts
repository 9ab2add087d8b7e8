import type { Instant } from '../../../schemas/ids.ts';
import type { CaseCheck } from '../../../schemas/settings.ts';
import { fromIsoText, toIsoText } from '../calendar/iso.ts';
import { toCaseRow, toClockViews, toTaskRows } from '../run/rows.ts';
import type { CaseState } from '../run/types.ts';
import { stateOf } from '../simulate/case.ts';

/** The name of the case itself among its tasks. */
const WHOLE_CASE = 'case';

/** One sentence for each thing that is not as expected. */
export function differencesAt(state: CaseState | null, expected: CaseCheck): string[] {
  const { states = {}, due = {}, owners = {}, clocks = {}, caseState } = expected;
  return [
    ...Object.entries(states).flatMap(([node, wanted]) => tell(node, 'is', stateOf(state, node), wanted)),
    ...Object.entries(due).flatMap(([task, wanted]) =>
      tell(task, 'is due', textOf(dueOf(state, task)), wanted === null ? 'never' : asText(wanted)),
    ),
    ...Object.entries(owners).flatMap(([task, wanted]) =>
      tell(task, 'belongs to', ownerOf(state, task) ?? 'nobody', wanted ?? 'nobody'),
    ),
    ...Object.entries(clocks).flatMap(([clock, wanted]) => clockDifferences(state, clock, wanted)),
    ...(caseState === undefined ? [] : tell('the case', 'is', state?.status ?? 'not launched', caseState)),
  ];
}

function clockDifferences(
  state: CaseState | null,
  id: string,
  wanted: { due?: string | undefined; outcome?: string | undefined },
): string[] {
  const clock = state && toClockViews(state).find((one) => one.id === id);
  if (!clock) return [`clock ${id} is not running`];
  return [
    ...(wanted.due === undefined ? [] : tell(`clock ${id}`, 'ends', textOf(clock.dueAt), asText(wanted.due))),
    ...(wanted.outcome === undefined ? [] : tell(`clock ${id}`, 'is', clock.outcome, wanted.outcome)),
  ];
}

function tell(subject: string, verb: string, found: string, wanted: string): string[] {
  return found === wanted ? [] : [`${subject} ${verb} ${found}, expected ${wanted}`];
}

function textOf(at: Instant | null): string {
  return at === null ? 'never' : toIsoText(at);
}

/** Texts of one instant compare as equal, whatever their offset. */
function asText(iso: string): string {
  return toIsoText(fromIsoText(iso));
}

function dueOf(state: CaseState | null, task: string): Instant | null {
  if (!state) return null;
  if (task === WHOLE_CASE) return toCaseRow(state).dueAt;
  return toTaskRows(state, [task])[0]?.dueAt ?? null;
}

function ownerOf(state: CaseState | null, task: string): string | null {
  return (task === WHOLE_CASE ? state?.owner : state?.tasks[task]?.owner) ?? null;
}
