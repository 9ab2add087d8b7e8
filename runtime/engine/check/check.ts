import { type Configuration, type DocumentKind, documentKinds } from '../../../schemas/configuration.ts';
import type { Finding, Severity } from '../../../schemas/finding.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { type BankHolidays, shippedBankHolidays } from '../calendar/bank-holidays.ts';
import { compileCalendars } from '../plan/calendars.ts';
import { type CheckContext, type CheckRule, toFinding } from './rule.ts';
import { allocation } from './rules/allocation.ts';
import { amber } from './rules/amber.ts';
import { calendars } from './rules/calendars.ts';
import { conditions } from './rules/conditions.ts';
import { graph } from './rules/graph.ts';
import { ladders } from './rules/ladders.ts';
import { livedSimply } from './rules/lived-simply.ts';
import { nodeReferences } from './rules/node-references.ts';
import { oncePerCase } from './rules/once-per-case.ts';
import { recurrence } from './rules/recurrence.ts';
import { references } from './rules/references.ts';
import { slaPaths } from './rules/sla-paths.ts';

/** Every rule, in the order its findings are shown. */
export const checkRules: readonly CheckRule[] = [
  references,
  nodeReferences,
  graph,
  oncePerCase,
  conditions,
  amber,
  slaPaths,
  allocation,
  ladders,
  calendars,
  recurrence,
  livedSimply,
];

export interface CheckOptions {
  /** First day from which starts are proved over a year (T10). */
  from: LocalDate;
  holidays?: BankHolidays;
}

const ranks: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** All findings of a configuration (R1, R2): errors first, then by document. Severities follow the settings' `checkSeverity`. */
export function checkConfiguration(configuration: Configuration, options: CheckOptions): Finding[] {
  return checkDocuments(configuration, options, documentKinds);
}

/** As `checkConfiguration`, for the documents of some kinds only. */
export function checkDocuments(
  configuration: Configuration,
  options: CheckOptions,
  kinds: readonly DocumentKind[],
): Finding[] {
  const holidays = options.holidays ?? shippedBankHolidays;
  const context: CheckContext = {
    configuration,
    holidays,
    from: options.from,
    calendars: compileCalendars(configuration, holidays),
  };
  const found = kinds.flatMap((kind) =>
    Object.values(configuration[kind]).flatMap((document) =>
      checkRules.flatMap((rule) => rule.check(document, context).map((finding) => toFinding(document, finding))),
    ),
  );
  return withSettings(configuration, found).sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function withSettings(configuration: Configuration, findings: readonly Finding[]): Finding[] {
  const severities = Object.values(configuration.settings)[0]?.checkSeverity ?? {};
  return findings.flatMap((finding): Finding[] => {
    const severity = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    if (severity === undefined || finding.severity === 'error') return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
