import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { startOfDate } from '../calendar/time.ts';
import { compileWorkflow } from '../compile/compile-workflow.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { sampleFields } from '../play/sample-fields.ts';
import { withoutLadders } from '../play/without-ladders.ts';
import { decide } from '../run/decide.ts';
import { isOpenCase, wakeAt } from '../run/rows.ts';
import type { CaseState, DecideEnv } from '../run/types.ts';

/** One way a case was lived: its answers and commands, so that `lintel simulate` can play it again. */
export interface LivedCase {
  readonly answers: Answers;
  readonly commands: readonly { readonly at: number; readonly command: CaseCommand }[];
  /** Nodes of tasks that became ready, and of steps that were reached. */
  readonly reached: readonly string[];
  /** Mandatory tasks that can never be completed, so that the case can never be closed (P9). */
  readonly stuck: readonly string[];
}

export interface Exploration {
  readonly lived: readonly LivedCase[];
  /** False where the budget ran out before every way was lived. */
  readonly decided: boolean;
}

/** Decisions an exploration may take before it says "not decided". */
const BUDGET = 400;
/** The most nodes of a workflow that is explored. */
const MOST_NODES = 40;
const DAY = 86_400;
/** How far ahead dates are awaited. */
const HORIZON = 5 * 366 * DAY;

/**
 * Lives cases of a workflow by `decide` itself (R2): for each set of answers, and each outcome of tasks that conditions ask
 * for, everything is completed as soon as it may be, until nothing is left to do; then the case is closed.
 */
export function exploreWorkflow(
  configuration: Configuration,
  key: string,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  ways: { readonly answers: readonly Answers[]; readonly from: string },
  budget: number = BUDGET,
): Exploration {
  const workflow = configuration.workflow[key];
  const calendar = workflow && calendars[workflow.calendar];
  if (!workflow || !calendar || Object.keys(workflow.nodes).length > MOST_NODES) return { lived: [], decided: false };
  const bundle = compileWorkflow({ configuration: withoutLadders(configuration, workflow) }, key);
  const now = startOfDate(calendar, ways.from) + 9 * 3600;
  const left = { decisions: budget };
  const lived: LivedCase[] = [];
  for (const answers of ways.answers) {
    for (const outcomes of outcomeChoices(bundle)) {
      const one = liveCase(bundle, calendars, answers, outcomes, now, left);
      if (!one) return { lived, decided: false };
      lived.push(one);
    }
  }
  return { lived, decided: true };
}

/** For every task whose outcome a condition asks for, each outcome once; the others take their first. */
function outcomeChoices(bundle: CompiledWorkflow): Readonly<Record<string, string>>[] {
  const asked = [...JSON.stringify(bundle.workflow).matchAll(/"taskOutcome":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  const first = Object.fromEntries(
    Object.entries(bundle.tasks).flatMap(([node, { task }]) => {
      const [outcome] = Object.keys(task.outcomes);
      return outcome === undefined ? [] : [[node, outcome]];
    }),
  );
  const others = [...new Set(asked)].flatMap((node) =>
    Object.keys(bundle.tasks[node]?.task.outcomes ?? {}).map((outcome) => ({ ...first, [node]: outcome })),
  );
  return others.length > 0 ? others : [first];
}

function liveCase(
  bundle: CompiledWorkflow,
  calendars: Readonly<Record<string, CompiledCalendar>>,
  answers: Answers,
  outcomes: Readonly<Record<string, string>>,
  from: number,
  left: { decisions: number },
): LivedCase | undefined {
  let ids = 0;
  let now = from;
  let state: CaseState | null = null;
  const commands: { at: number; command: CaseCommand }[] = [];
  const send = (command: CaseCommand): boolean => {
    left.decisions--;
    const env: DecideEnv = {
      now,
      actor: 'explorer',
      ids: () => `x${++ids}`,
      calendars,
      directory: { users: {} },
      loads: {},
      cursors: {},
      linked: {},
      answers,
    };
    const decision = decide(bundle, state, command, env);
    if (!decision.ok) return false;
    state = decision.state;
    if (command.type !== 'advance') commands.push({ at: now, command });
    return true;
  };
  if (!send({ type: 'launch', answers })) return { answers, commands, reached: [], stuck: [] };
  const refused = new Set<string>();
  let patience = DAY;
  for (let next = nextStep(state, outcomes, bundle, refused); next; next = nextStep(state, outcomes, bundle, refused)) {
    if (left.decisions <= 0) return undefined;
    if ('command' in next) {
      // A link from finish to finish may ask for more time, or for another task first.
      if (send(next.command)) {
        refused.clear();
        patience = DAY;
      } else refused.add(next.command.task);
      continue;
    }
    const until: number = next.at ?? now + patience;
    if (until > from + HORIZON) {
      // What waits for a date so far ahead is not stuck, and not lived to its end either.
      if (next.at !== null) return undefined;
      break;
    }
    patience = next.at === null ? patience * 2 : patience;
    now = Math.max(now, until);
    send({ type: 'advance' });
    refused.clear();
  }
  const isClosed = !state || !isOpenCase(state) || send({ type: 'closeCase' });
  return toLived(state, { answers, commands, isClosed });
}

type CompleteTask = Extract<CaseCommand, { type: 'completeTask' }>;

/** The next thing anybody could do: complete what is ready and was not refused just now, else wait, for a date where one is set. */
function nextStep(
  state: CaseState | null,
  outcomes: Readonly<Record<string, string>>,
  bundle: CompiledWorkflow,
  refused: ReadonlySet<string>,
): { command: CompleteTask } | { at: number | null } | undefined {
  if (!state || !isOpenCase(state)) return undefined;
  const tasks = Object.values(state.tasks);
  const ready = tasks.find(
    (task) => (task.life === 'ready' || task.life === 'inProgress') && task.occurrence === 1 && !refused.has(task.id),
  );
  if (ready) {
    const outcome = outcomes[ready.node];
    const fields = sampleFields(bundle, ready.node);
    return {
      command: {
        type: 'completeTask',
        task: ready.id,
        ...(outcome === undefined ? {} : { outcome }),
        ...(fields ? { fields } : {}),
      },
    };
  }
  const waits =
    tasks.some((task) => task.life === 'pending') ||
    Object.values(state.steps).some((step) => step.state === 'pending');
  const at = waits ? wakeAt(state) : null;
  return at === null && refused.size === 0 ? undefined : { at };
}

function toLived(
  state: CaseState | null,
  { answers, commands, isClosed }: Pick<LivedCase, 'answers' | 'commands'> & { isClosed: boolean },
): LivedCase {
  const tasks = Object.values(state?.tasks ?? {});
  const steps = Object.values(state?.steps ?? {});
  const left = tasks.filter((task) => task.mandatory && unfinished.has(task.life));
  return {
    answers,
    commands,
    reached: [
      ...tasks.filter((task) => task.activeAt !== null).map((task) => task.node),
      ...steps.filter((step) => step.state === 'reached').map((step) => step.node),
    ],
    stuck: isClosed ? [] : left.map((task) => task.node),
  };
}

const unfinished: ReadonlySet<string> = new Set(['pending', 'ready', 'inProgress', 'onHold']);
