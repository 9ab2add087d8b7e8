import type { AdviceDocument } from '../../../../schemas/advice.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import type { Finding } from '../../../../schemas/finding.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { questionKeysIn } from '../../analyse/question-findings.ts';
import { analyseWorkflow } from '../../analyse/workflow-analysis.ts';
import { epochDayOf } from '../../calendar/dates.ts';
import { formQuestionsOf, hasOwnFault } from '../answer-analysis.ts';
import { type DerivedFact, isSameMap } from '../derived.ts';
import { type CheckContext, defineRule, fromFinding, type RuleFinding } from '../rule.ts';

/** What other rules say about the same place with their own codes. */
const saidElsewhere = new Set(['ADVICE_QUESTION_NOT_ASKED', 'CONDITION_OPTION_UNKNOWN']);

/** What a workflow advises, over all answers its form allows (A6): exact, or "not decided". */
export const adviceAnalysis = defineRule({
  name: 'advice-analysis',
  kind: 'workflow',
  reads: ['advice', 'form', 'question'],
  codes: [
    {
      code: 'ADVICE_UNREACHABLE',
      severity: 'warning',
      means: 'A statement is never advised: no answers the form allows make its condition true.',
      cure: 'Change the condition or the form, or remove the rule.',
    },
    {
      code: 'ADVICE_ALWAYS',
      severity: 'info',
      means: 'A statement is advised whatever is answered, although it has a condition.',
      cure: 'Leave the condition out, or make it tell answers apart.',
    },
    {
      code: 'ADVICE_EXCLUSIVE_MEET',
      severity: 'error',
      means: 'Statements declared exclusive are both advised for some answers on some day.',
      cure: 'Make one condition, or one period, exclude the other.',
      shown: 'answers',
    },
    {
      code: 'ADVICE_DUPLICATE',
      severity: 'info',
      means: 'A statement is advised for the very answers that bring another one, by a rule of its own.',
      cure: 'Name both in one rule or make them one statement, or tell the answers apart.',
      shown: 'answers',
    },
    {
      code: 'ADVICE_IMPLIED',
      severity: 'info',
      means: 'A statement is advised only where another one is too; the answers shown bring that other one alone.',
      cure: 'Nothing where the one adds to the other; else make one condition exclude the other.',
      shown: 'answers',
    },
    {
      code: 'ADVICE_GAP',
      severity: 'info',
      means: 'Some answers bring no specific statement.',
      cure: 'Add a statement for them, or widen a condition; `mustAdvise` makes it an error.',
      shown: 'answers',
    },
    {
      code: 'ADVICE_MUST_ADVISE',
      severity: 'error',
      means: 'Some answers bring none of the statements of which one must always be advised.',
      cure: 'Widen one of the conditions.',
      shown: 'answers',
    },
    {
      code: 'ADVICE_MUST_ADVISE_UNDECIDED',
      severity: 'warning',
      means: 'Whether one of the statements that must be advised always is could not be followed over all answers.',
      cure: 'Split large conditions, or name fewer statements.',
    },
    {
      code: 'ADVICE_CLAUSE_DEAD',
      severity: 'info',
      means: 'A part of a condition changes nothing: it is never true, always true, or said already beside it.',
      cure: 'Leave it out, or put it right.',
    },
    {
      code: 'ADVICE_QUESTION_NEVER_SHOWN',
      severity: 'warning',
      means: 'A question of the form is never asked: no answers make the condition true under which it is shown.',
      cure: 'Change when it is shown, or remove it.',
    },
    {
      code: 'ADVICE_QUESTION_UNUSED',
      severity: 'info',
      means: 'No condition of the workflow looks at a question of its form.',
      cure: 'Use it, or leave it out if nobody reads the answer.',
    },
    {
      code: 'ADVICE_OPTION_UNUSED',
      severity: 'info',
      means: 'No condition of the workflow names an option of a question.',
      cure: 'Nothing, or leave the option out.',
    },
    {
      code: 'ANALYSIS_NOT_DECIDED',
      severity: 'info',
      means: 'What the workflow advises could not be followed over all answers within the budget; nothing is guessed.',
      cure: 'Split large conditions into named ones, or calculations over fewer questions.',
    },
  ],
  check: (workflow, context) => {
    const bare = relevantStatements(workflow, context.derived(bareStatements));
    const questions = [...formQuestionsOf(workflow, context).values()];
    const form = workflow.form === undefined ? undefined : context.configuration.form[workflow.form];
    const library = Object.values(form?.questions ?? {}).map(
      (one) => context.configuration.question[one.library ?? ''],
    );
    // All that an analysis looks at: what else is drawn changes nothing of it.
    const { adviceRules, namedConditions, mustAdvise, nodes } = workflow;
    const asking = Object.values(nodes).filter((node) => questionKeysIn(node).length > 0);
    const drawn = [adviceRules, namedConditions, mustAdvise, ...asking];
    const parts = [...drawn, form, context.from, ...library, ...bare.map(({ text }) => text)];
    if (questions.length === 0 && Object.keys(workflow.adviceRules).length === 0) return [];
    return context.shared(`advice of ${workflow.key}`, parts, () => {
      const advice = bare.map(({ statement }) => statement);
      return analyse(workflow, advice, context);
    });
  },
});

function analyse(workflow: WorkflowDocument, advice: readonly AdviceDocument[], context: CheckContext): RuleFinding[] {
  const configuration: Configuration = {
    ...context.configuration,
    workflow: { [workflow.key]: workflow },
    advice: Object.fromEntries(advice.map((statement) => [statement.key, statement])),
  };
  const { analysis, findings } = analyseWorkflow(configuration, workflow.key, epochDayOf(context.from), {
    firingOnly: true,
  });
  const told = findings
    .filter(({ code }) => !saidElsewhere.has(code))
    .filter((finding) => !hasOtherCause(finding, workflow, advice, context))
    .map(fromFinding)
    // An author who wants every household to get something specific says so with mustAdvise.
    .map((found) => (found.code === 'ADVICE_GAP' ? { ...found, severity: 'info' as const } : found));
  if (analysis.decided) return told;
  const message = `What ${workflow.key} advises could not be followed over all answers; what could not be decided is left open, never guessed.`;
  return [...told, { code: 'ANALYSIS_NOT_DECIDED', severity: 'info', path: ['adviceRules'], values: {}, message }];
}

/** A statement whose condition has a fault of its own is named by that fault, not as unreachable. */
function hasOtherCause(
  finding: Finding,
  workflow: WorkflowDocument,
  advice: readonly AdviceDocument[],
  context: CheckContext,
): boolean {
  // A statement that does not exist is named as that.
  if (finding.code === 'ADVICE_MUST_ADVISE')
    return (workflow.mustAdvise ?? []).some((key) => !Object.hasOwn(context.configuration.advice, key));
  if (finding.code !== 'ADVICE_UNREACHABLE') return false;
  const key = finding.values['statement'];
  const questions = formQuestionsOf(workflow, context);
  const rules = Object.values(workflow.adviceRules).filter((rule) => rule.statements.some((one) => one === key));
  const own = advice.filter((statement) => statement.key === key);
  return [...rules, ...own].some(({ when }) => when !== undefined && hasOwnFault(when, workflow, questions));
}

/** A statement without its words: a corrected spelling changes no analysis. */
interface BareStatement {
  /** Its place among all statements. */
  readonly place: number;
  readonly statement: AdviceDocument;
  /** Everything that an analysis looks at. */
  readonly text: string;
}

interface BareStatements {
  readonly byKey: ReadonlyMap<string, BareStatement>;
  readonly generic: readonly BareStatement[];
  readonly byScope: ReadonlyMap<string, readonly BareStatement[]>;
}

const bareStatements: DerivedFact<BareStatements> = {
  kinds: ['advice'],
  make: (documents) => {
    const all = documents('advice').map((statement, place) => ({ place, ...withoutWords(statement) }));
    const byScope = new Map<string, BareStatement[]>();
    for (const one of all) {
      if (one.statement.scope === 'generic') continue;
      for (const workflow of one.statement.scope) byScope.set(workflow, [...(byScope.get(workflow) ?? []), one]);
    }
    const byKey = new Map(all.map((one) => [one.statement.key, one]));
    return { byKey, byScope, generic: all.filter(({ statement }) => statement.scope === 'generic') };
  },
  isSame: (a, b) => isSameMap(a.byKey, b.byKey, (one, other) => one.text === other.text && one.place === other.place),
};

/** Statements a workflow may advise, in their order. */
function relevantStatements(workflow: WorkflowDocument, { byKey, generic, byScope }: BareStatements): BareStatement[] {
  const ruled = Object.values(workflow.adviceRules).flatMap((rule) => rule.statements);
  const own = ruled.flatMap((key) => byKey.get(key) ?? []);
  const all = new Set([...generic, ...own, ...(byScope.get(workflow.key) ?? [])]);
  return [...all].sort((a, b) => a.place - b.place);
}

// A document never changes, so its words are taken out once.
const bareByDocument = new WeakMap<AdviceDocument, Omit<BareStatement, 'place'>>();

function withoutWords(document: AdviceDocument): Omit<BareStatement, 'place'> {
  const known = bareByDocument.get(document);
  if (known) return known;
  const { kind, format, key, title, when, scope, section, order, effectiveFrom, effectiveTo } = document;
  const bare = { kind, format, key, title, body: '', when, scope, section, order, effectiveFrom, effectiveTo };
  const text = JSON.stringify({ ...bare, title: '' });
  // Without the fields that are undefined, as documents are written.
  const found = { statement: JSON.parse(JSON.stringify(bare)) as AdviceDocument, text };
  bareByDocument.set(document, found);
  return found;
}
