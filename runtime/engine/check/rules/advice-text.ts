import { checkStatementText } from '../../advise/check-text.ts';
import { type DerivedFact, isSameSet } from '../derived.ts';
import { defineRule, fromFinding } from '../rule.ts';

/** The words of a statement: markup, links, placeholders, agencies, translations, reading age, subgroups (A7, A8). */
export const adviceText = defineRule({
  name: 'advice-text',
  kind: 'advice',
  reads: ['agency', 'workflow'],
  codes: [
    {
      code: 'TEXT_HTML',
      severity: 'error',
      means: 'A statement holds HTML, which is shown as text.',
      cure: 'Write it in Markdown.',
    },
    {
      code: 'TEXT_LINK_REFUSED',
      severity: 'error',
      means: 'A link of a statement is not followed: it is no full https, http, mailto or tel address.',
      cure: 'Link to a full address.',
    },
    {
      code: 'TEXT_IMAGE',
      severity: 'warning',
      means: 'A statement holds a picture, of which only the description is shown.',
      cure: 'Take the picture out.',
    },
    {
      code: 'TEXT_TOO_DEEP',
      severity: 'error',
      means: 'Quotes or lists of a statement nest too deep.',
      cure: 'Write it flatter.',
    },
    {
      code: 'ADVICE_AGENCY_UNKNOWN',
      severity: 'error',
      means: 'A statement names an agency that does not exist.',
      cure: 'Name an agency of the configuration.',
    },
    {
      code: 'ADVICE_PLACEHOLDER_UNKNOWN',
      severity: 'error',
      means: 'A statement has a placeholder that nobody can fill.',
      cure: 'Use one of the values every pack can fill in.',
    },
    {
      code: 'ADVICE_HARD_TO_READ',
      severity: 'info',
      means: 'A statement has a high reading age or a long sentence.',
      cure: 'Use shorter words and sentences.',
    },
    {
      code: 'ADVICE_SUBGROUP',
      severity: 'warning',
      means: 'A statement that everybody gets speaks to some ("if you are pregnant").',
      cure: 'Split it, so that each statement goes to those it is for.',
    },
    {
      code: 'ADVICE_TRANSLATION_OLD',
      severity: 'warning',
      means: 'A translation was made from an older text, so the pack gives the source language.',
      cure: 'Translate it again.',
    },
  ],
  check: (statement, { configuration, isIn, digestOf }) => {
    const isAlways = statement.scope === 'generic' ? statement.when === undefined : isIn(unconditional, statement.key);
    return checkStatementText(statement, { agencies: configuration.agency, isAlways, digestOf }).map(fromFinding);
  },
});

/** Statements that a rule without condition brings, and that so go to everybody. */
const unconditional: DerivedFact<ReadonlySet<string>> = {
  kinds: ['workflow'],
  make: (documents) => {
    const rules = documents('workflow').flatMap(({ adviceRules }) => Object.values(adviceRules));
    return new Set(rules.filter((rule) => rule.when === undefined).flatMap((rule) => rule.statements));
  },
  isSame: isSameSet,
};
