import type { Finding } from '../../schemas/finding.ts';

/** Where a finding's counterexample is played: route parameters and search of the play page; undefined where it has none. */
export function playLinkOf(
  finding: Finding,
  workflow?: string,
): { params: { key: string }; search: { finding: string } } | undefined {
  const [kind, own] = finding.document.split('/');
  const key = kind === 'workflow' ? own : workflow;
  if (!finding.counterexample || key === undefined) return undefined;
  return { params: { key }, search: { finding: nameOf(finding) } };
}

/** The finding that an address names. */
export function findByName(findings: readonly Finding[], name: string): Finding | undefined {
  return findings.find((finding) => finding.counterexample && nameOf(finding) === name);
}

function nameOf({ code, document, pointer }: Finding): string {
  return `${code} ${document}${pointer}`;
}
