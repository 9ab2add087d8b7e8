import type { Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { AdviceBook } from '../advise/advice-book.ts';
import { printCondition } from '../condition/text/print.ts';
import { type DeadClause, DeadClauses } from './dead-clauses.ts';
import { formOf } from './question-findings.ts';
import type { TruthSets } from './truth-sets.ts';

interface Place {
  readonly document: string;
  readonly pointer: string;
  readonly condition: Condition;
}

/** Parts of conditions that change nothing, and questions that no answers bring up (A6); `known` are sets that an analysis left. */
export function deadFindings(
  configuration: Configuration,
  book: AdviceBook,
  asAtDay: number,
  known: { readonly sets: TruthSets; readonly conditions: ReadonlySet<Condition | undefined> } | undefined,
): Finding[] {
  const places = adviceConditions(book);
  const conditions = places.map((place) => place.condition);
  const dead = conditions.every((condition) => known?.conditions.has(condition))
    ? new DeadClauses(known?.sets)
    : DeadClauses.over(book.questions, book.named, conditions, asAtDay);
  const clauses = places.flatMap((place) =>
    dead.of(place.condition).map((clause) => clauseFinding(book.workflow, place, clause)),
  );
  const questions = [...book.questions.values()].flatMap((question): Finding[] => {
    if (!question.shownWhen || dead.canBeTrue(question.shownWhen) !== false) return [];
    const message = `Question "${question.key}" is never asked: no answers make "${printCondition(question.shownWhen)}" true. Change when it is shown, or remove it.`;
    const pointer = `/questions/${question.key}/shownWhen`;
    const values = { question: question.key, workflow: book.workflow };
    return [
      {
        code: 'ADVICE_QUESTION_NEVER_SHOWN',
        severity: 'warning',
        document: formOf(configuration, book),
        pointer,
        values,
        message,
      },
    ];
  });
  return [...clauses, ...questions];
}

/** Conditions of this workflow's own: a generic statement's is for other forms too. */
function adviceConditions(book: AdviceBook): Place[] {
  const places = new Map<string, Place>();
  for (const entry of book.entries) {
    for (const { document, pointer, when } of entry.reasons) {
      if (when && (document.startsWith('workflow/') || entry.statement.scope !== 'generic'))
        places.set(document + pointer, { document, pointer, condition: when });
    }
  }
  return [...places.values()];
}

const sentences: Readonly<Record<DeadClause['why'], string>> = {
  never: 'can never be true on this form',
  always: 'is true whatever is answered on this form',
  covered: 'changes nothing: the clauses beside it say as much already',
};

function clauseFinding(workflow: string, place: Place, { pointer, clause, why }: DeadClause): Finding {
  const text = printCondition(clause);
  return {
    code: 'ADVICE_CLAUSE_DEAD',
    severity: 'info',
    document: place.document,
    pointer: place.pointer + pointer,
    values: { workflow, clause: text.slice(0, 500), why },
    message: `The clause "${text.slice(0, 200)}" ${sentences[why]}. Leave it out, or put it right.`,
  };
}
