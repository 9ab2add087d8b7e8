import type { CheckRule } from './rule.ts';
import { allocation } from './rules/allocation.ts';
import { amber } from './rules/amber.ts';
import { branchUnknown } from './rules/branch-unknown.ts';
import { branchWithoutLink } from './rules/branch-without-link.ts';
import { calendars } from './rules/calendars.ts';
import { conditionSize } from './rules/condition-size.ts';
import { conditionType } from './rules/condition-type.ts';
import { cycle } from './rules/cycle.ts';
import { decisionDefault } from './rules/decision-default.ts';
import { endOutcome } from './rules/end-outcome.ts';
import { ladderFallback } from './rules/ladder-fallback.ts';
import { ladderLoop } from './rules/ladder-loop.ts';
import { laneUnknown } from './rules/lane-unknown.ts';
import { livedSimply } from './rules/lived-simply.ts';
import { namedCondition } from './rules/named-condition.ts';
import { nodeUnknown } from './rules/node-unknown.ts';
import { oncePerCase } from './rules/once-per-case.ts';
import { optionUnknown } from './rules/option-unknown.ts';
import { questionNotAsked } from './rules/question-not-asked.ts';
import { questionUnknown } from './rules/question-unknown.ts';
import { reachable } from './rules/reachable.ts';
import { recurrence } from './rules/recurrence.ts';
import { references } from './rules/references.ts';
import { rungTrigger } from './rules/rung-trigger.ts';
import { slaPaths } from './rules/sla-paths.ts';
import { taskOutcome } from './rules/task-outcome.ts';
import { templateChannel } from './rules/template-channel.ts';

/** Every rule, in the order its findings are shown (R1, R2, A6). */
export const checkRules: readonly CheckRule[] = [
  references,
  nodeUnknown,
  branchUnknown,
  laneUnknown,
  endOutcome,
  namedCondition,
  cycle,
  reachable,
  decisionDefault,
  branchWithoutLink,
  oncePerCase,
  questionUnknown,
  questionNotAsked,
  conditionType,
  conditionSize,
  optionUnknown,
  taskOutcome,
  amber,
  slaPaths,
  allocation,
  ladderFallback,
  ladderLoop,
  rungTrigger,
  templateChannel,
  calendars,
  recurrence,
  livedSimply,
];
