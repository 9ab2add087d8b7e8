import type { AnswerSpace } from './answer-space.ts';
import type { Diagram, Diagrams } from './diagram.ts';

interface Fired {
  readonly yes: Diagram;
}

interface Component {
  readonly variables: readonly number[];
  readonly allowed: Diagram;
}

/**
 * An assignment the form allows for which none of the statements fires; undefined when there is none (proved),
 * `undecided` when the steps ran out. Depth-first over the variables, carrying what is left of every diagram;
 * remainders that led nowhere are learned and not entered again.
 */
export function findGap(
  space: AnswerSpace,
  diagrams: Diagrams,
  components: readonly Component[],
  statements: readonly Fired[],
  limit: { steps: number },
): number[] | undefined | 'undecided' {
  const values = new Array<number>(space.variables.length).fill(0);
  const hopeless = new Set<string>();
  let steps = limit.steps;

  // `allowed` must end in 1, `banned` in 0.
  const search = (allowed: readonly Diagram[], banned: readonly Diagram[]): boolean | 'undecided' => {
    const variable = nextVariable(diagrams, banned, allowed);
    if (variable === undefined) return true;
    steps -= 1;
    if (steps < 0) return 'undecided';
    const key = `${allowed.join()}|${banned.join()}`;
    if (hopeless.has(key)) return false;
    const size = space.variables[variable]?.weights.length ?? 0;
    for (const value of valuesByBans(diagrams, banned, variable, size)) {
      const nextAllowed = restrict(diagrams, allowed, variable, value, 0);
      const nextBanned = nextAllowed && restrict(diagrams, banned, variable, value, 1);
      if (!nextAllowed || !nextBanned) continue;
      values[variable] = value;
      const found = search(nextAllowed, nextBanned);
      if (found) return found;
    }
    values[variable] = 0;
    hopeless.add(key);
    return false;
  };

  const found = search(
    unique(
      components.map((component) => component.allowed),
      1,
    ),
    unique(
      statements.map((one) => one.yes),
      0,
    ),
  );
  return found === true ? values : found === false ? undefined : 'undecided';
}

/** The topmost variable of what is left; diagrams are ordered, so restricting it never looks further down. */
function nextVariable(diagrams: Diagrams, banned: readonly Diagram[], allowed: readonly Diagram[]): number | undefined {
  let top = Number.POSITIVE_INFINITY;
  for (const node of banned) top = Math.min(top, diagrams.levelOf(node));
  for (const node of allowed) top = Math.min(top, diagrams.levelOf(node));
  return Number.isFinite(top) ? top : undefined;
}

/** Values that settle more statements first. */
function valuesByBans(diagrams: Diagrams, banned: readonly Diagram[], variable: number, size: number): number[] {
  const settled = new Array<number>(size).fill(0);
  for (const node of banned) {
    if (diagrams.levelOf(node) !== variable) continue;
    for (const [value, kid] of diagrams.kidsOf(node).entries())
      if (kid === 0) settled[value] = (settled[value] ?? 0) + 1;
  }
  return settled.map((_, value) => value).sort((a, b) => (settled[b] ?? 0) - (settled[a] ?? 0));
}

/** What is left of the diagrams once the variable has the value; undefined when one comes to `dead`. */
function restrict(
  diagrams: Diagrams,
  nodes: readonly Diagram[],
  variable: number,
  value: number,
  dead: Diagram,
): Diagram[] | undefined {
  const left = new Set<Diagram>();
  for (const node of nodes) {
    const next = diagrams.levelOf(node) === variable ? (diagrams.kidsOf(node)[value] ?? 0) : node;
    if (next === dead) return undefined;
    if (next !== 1 - dead) left.add(next);
  }
  return [...left].sort((a, b) => a - b);
}

function unique(nodes: readonly Diagram[], settled: Diagram): Diagram[] {
  return [...new Set(nodes)].filter((node) => node !== settled).sort((a, b) => a - b);
}
