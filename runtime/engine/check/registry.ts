import type { CheckRule } from './rule.ts';
import { actionPath } from './rules/action-path.ts';
import { adviceAnalysis } from './rules/advice-analysis.ts';
import { adviceOrphan } from './rules/advice-orphan.ts';
import { adviceText } from './rules/advice-text.ts';
import { allocation } from './rules/allocation.ts';
import { amber } from './rules/amber.ts';
import { branchUnknown } from './rules/branch-unknown.ts';
import { branchWithoutLink } from './rules/branch-without-link.ts';
import { calendars } from './rules/calendars.ts';
import { clockAnchor } from './rules/clock-anchor.ts';
import { clockProof } from './rules/clock-proof.ts';
import { conditionSize } from './rules/condition-size.ts';
import { conditionType } from './rules/condition-type.ts';
import { cycle } from './rules/cycle.ts';
import { decisionDefault } from './rules/decision-default.ts';
import { effectiveDates } from './rules/effective-dates.ts';
import { endOutcome } from './rules/end-outcome.ts';
import { estimates } from './rules/estimates.ts';
import { formParts } from './rules/form-parts.ts';
import { genericRelations } from './rules/generic-relations.ts';
import { keyTwice } from './rules/key-twice.ts';
import { ladderFallback } from './rules/ladder-fallback.ts';
import { ladderLoop } from './rules/ladder-loop.ts';
import { laneUnknown } from './rules/lane-unknown.ts';
import { lived } from './rules/lived.ts';
import { livedSimply } from './rules/lived-simply.ts';
import { mandatoryBehindManual } from './rules/mandatory-behind-manual.ts';
import { namedCondition } from './rules/named-condition.ts';
import { neverTrue } from './rules/never-true.ts';
import { nodeUnknown } from './rules/node-unknown.ts';
import { oncePerCase } from './rules/once-per-case.ts';
import { optionUnknown } from './rules/option-unknown.ts';
import { questionNotAsked } from './rules/question-not-asked.ts';
import { questionUnknown } from './rules/question-unknown.ts';
import { reachable } from './rules/reachable.ts';
import { recurrence } from './rules/recurrence.ts';
import { references } from './rules/references.ts';
import { reviewBy } from './rules/review-by.ts';
import { rungTrigger } from './rules/rung-trigger.ts';
import { slaPaths } from './rules/sla-paths.ts';
import { taskOutcome } from './rules/task-outcome.ts';
import { teamType } from './rules/team-type.ts';
import { templateChannel } from './rules/template-channel.ts';
import { templateText } from './rules/template-text.ts';
import { testAnswer } from './rules/test-answer.ts';
import { topicTree } from './rules/topic-tree.ts';
import { unused } from './rules/unused.ts';
import { validationRange } from './rules/validation-range.ts';
import { workflowParts } from './rules/workflow-parts.ts';

/** Every rule, in the order its findings are shown (R1, R2, A6). */
export const checkRules: readonly CheckRule[] = [
  keyTwice,
  references,
  effectiveDates,
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
  workflowParts,
  mandatoryBehindManual,
  neverTrue,
  questionUnknown,
  questionNotAsked,
  conditionType,
  conditionSize,
  optionUnknown,
  taskOutcome,
  testAnswer,
  amber,
  estimates,
  slaPaths,
  clockAnchor,
  clockProof,
  allocation,
  teamType,
  ladderFallback,
  ladderLoop,
  rungTrigger,
  templateChannel,
  templateText,
  calendars,
  recurrence,
  formParts,
  validationRange,
  topicTree,
  actionPath,
  adviceText,
  reviewBy,
  adviceOrphan,
  adviceAnalysis,
  genericRelations,
  unused,
  lived,
  livedSimply,
];
