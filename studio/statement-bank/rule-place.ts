import type { Configuration } from '../../schemas/configuration.ts';

/** Where a rule of a workflow stands in the editor of a statement that it gives. */
export function placeOfRule(workflow: string, rule: string): string {
  return `/workflow/${workflow}/adviceRules/${rule}`;
}

/** The statement whose editor shows the rule that a pointer into a workflow is about, and the place there. */
export function statementOfRule(
  { workflow, advice }: Configuration,
  key: string,
  pointer: string,
): { statement: string; pointer: string } | undefined {
  const [, rule = '', rest = ''] = /^\/adviceRules\/([^/]+)(\/.*)?$/.exec(pointer) ?? [];
  const statement = workflow[key]?.adviceRules[rule]?.statements.find((one) => Object.hasOwn(advice, one));
  return statement === undefined ? undefined : { statement, pointer: `${placeOfRule(key, rule)}${rest}` };
}
