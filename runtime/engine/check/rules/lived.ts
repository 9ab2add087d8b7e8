import type { Answers } from '../../../../schemas/condition.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { analyseConditions } from '../answer-analysis.ts';
import { conditionsIn } from '../conditions.ts';
import { exploreWorkflow, type LivedCase } from '../explore.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';
import { cyclesOf } from './cycle.ts';
import { neverTrue } from './never-true.ts';
import { reachable } from './reachable.ts';

/** Cases lived by `decide` itself: every task can start, every case can end, nobody is stuck on the way (R2). */
export const lived = defineRule({
  name: 'lived',
  explores: true,
  kind: 'workflow',
  reads: ['task', 'form', 'question', 'team', 'template', 'settings', 'calendar', 'service-type'],
  codes: [
    {
      code: 'TASK_NEVER_STARTS',
      severity: 'warning',
      means: 'Cases were lived to their end for every condition, and this task was never ready in any of them.',
      cure: 'Look at its links and branches, or delete it.',
      shown: 'commands',
    },
    {
      code: 'CASE_STUCK',
      severity: 'error',
      means:
        'A case gets to where nothing can be done and no date is awaited, while mandatory tasks wait: it can never end as drawn.',
      cure: 'Look at what the waiting tasks wait for.',
      shown: 'commands',
    },
    {
      code: 'EXPLORATION_NOT_DECIDED',
      severity: 'info',
      means:
        'The workflow is too large, or waits for dates too far ahead, to live every way through it within the budget; nothing is guessed.',
      cure: 'Play it through the ways that matter as saved tests.',
    },
  ],
  check: (workflow, context) => {
    const hasOtherCause =
      Object.keys(workflow.nodes).length === 0 ||
      cyclesOf(workflow).length > 0 ||
      [reachable, neverTrue].some((rule) => rule.check(workflow, context).length > 0) ||
      Object.values(workflow.nodes).some((node) => node.type === 'decision' && !node.otherwise);
    return hasOtherCause ? [] : explored(workflow, context);
  },
});

function explored(workflow: WorkflowDocument, context: CheckContext): RuleFinding[] {
  const ways = { answers: answerSets(workflow, context), from: context.from };
  const { lived: cases, decided } = exploreWorkflow(context.configuration, workflow.key, context.calendars, ways);
  const stuck = cases.find((one) => one.stuck.length > 0);
  if (stuck) return [stuckFinding(stuck)];
  if (!decided) {
    const message = `Workflow ${workflow.key} is too large, or waits for dates too far ahead, to live every way through it within the budget; what was lived is sound.`;
    return [{ code: 'EXPLORATION_NOT_DECIDED', severity: 'info', path: [], values: {}, message }];
  }
  const reached = new Set(cases.flatMap((one) => one.reached));
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    const waits = node.type === 'task' && node.activation !== 'automatic';
    const decides = node.type !== 'task';
    if (reached.has(key) || waits || decides) return [];
    const message = `${key} was never ready in any of ${cases.length} cases lived to their end. Look at its links and branches, or delete it.`;
    return [
      {
        code: 'TASK_NEVER_STARTS',
        severity: 'warning',
        path: ['nodes', key],
        values: { node: key, cases: cases.length },
        message,
        ...(cases[0] ? { counterexample: played(cases[0]) } : {}),
      },
    ];
  });
}

function stuckFinding(one: LivedCase): RuleFinding {
  const message = `A case can get stuck: ${one.stuck.join(', ')} must be done but never can be, and nothing else is left to do. Look at what they wait for.`;
  return {
    code: 'CASE_STUCK',
    severity: 'error',
    path: ['nodes', one.stuck[0] ?? ''],
    values: { waiting: one.stuck },
    message,
    counterexample: played(one),
  };
}

function played({ answers, commands }: LivedCase): Record<string, unknown> {
  return { answers, commands: commands.map(({ at, command }) => ({ at, command })) };
}

/** No answers at all, and for each condition of the drawing a set that makes it true. */
function answerSets(workflow: WorkflowDocument, context: CheckContext): Answers[] {
  const { nodes, clocks } = workflow;
  const statements = conditionsIn({ nodes, clocks }).map(({ condition, path }) => ({
    key: path.join('/'),
    conditions: [condition],
    specific: false,
  }));
  if (statements.length === 0) return [{}];
  const analysis = analyseConditions(workflow, statements, context);
  const examples = [...analysis.statements.values()].flatMap(({ example }) => (example ? [example] : []));
  return [{}, ...examples.map(withoutFacts)];
}

function withoutFacts(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith('~')));
}
