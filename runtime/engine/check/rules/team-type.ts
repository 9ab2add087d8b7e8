import type { AnyDocument } from '../../../../schemas/configuration.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** A selector or an owner rule that asks for a role, a group or stakeholders names a team of that type (E10, L2). */
export const teamType = defineCommonRule({
  name: 'team-type',
  reads: ['team'],
  sees: 'shape',
  codes: [
    {
      code: 'ROLE_DEAD',
      severity: 'error',
      means:
        'Somebody is to be found by a role, a group or a stakeholder group that is a team of another type, so nobody is ever found.',
      cure: 'Name a team of that type, or ask for it by its own type.',
      fixed: true,
    },
    {
      code: 'STAKEHOLDERS_WITHOUT_ADDRESS',
      severity: 'info',
      means: 'A stakeholder group has no address outside the organisation; only members of the directory are reached.',
      cure: 'Add addresses, or members to the directory.',
    },
  ],
  check: (document, { configuration }) => [
    ...teamsNamed(document).flatMap(({ type, team, path, text }): RuleFinding[] => {
      const found = configuration.team[team];
      if (!found || found.type === type) return [];
      const message = `"${text}" asks for the ${type} ${team}, but ${team} is a team of type ${found.type}, so nobody is found. Ask for it as ${found.type}:${team}, or name another.`;
      const fixed = text.startsWith('by ') ? undefined : text.replace(`${type}:${team}`, `${found.type}:${team}`);
      return [
        {
          code: 'ROLE_DEAD',
          severity: 'error',
          path,
          values: { team, type, is: found.type },
          message,
          ...(fixed
            ? {
                fix: {
                  type: 'setDocumentField' as const,
                  kind: document.kind,
                  key: document.key,
                  path: path.map(String),
                  value: fixed,
                },
              }
            : {}),
        },
      ];
    }),
    ...stakeholderFindings(document),
  ],
});

function stakeholderFindings(document: AnyDocument): RuleFinding[] {
  if (document.kind !== 'team' || document.type !== 'stakeholders') return [];
  if ((document.externalAddresses ?? []).length > 0) return [];
  const message = `Stakeholder group ${document.key} has no address outside the organisation. Add addresses, or members to the directory.`;
  return [{ code: 'STAKEHOLDERS_WITHOUT_ADDRESS', severity: 'info', path: ['externalAddresses'], values: {}, message }];
}

interface Named {
  type: string;
  team: string;
  path: (string | number)[];
  /** What is written there, or `by role` of an owner rule. */
  text: string;
}

function teamsNamed(document: AnyDocument): Named[] {
  const found: Named[] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === 'string') {
      const match = /^(?:manager-of:)*(role|group|stakeholders):([A-Za-z0-9_-]+)$/.exec(value);
      if (match?.[1] && match[2]) found.push({ type: match[1], team: match[2], path, text: value });
      return;
    }
    if (typeof value !== 'object' || value === null || 'op' in value) return;
    if ('by' in value && value.by === 'role' && 'role' in value && typeof value.role === 'string')
      found.push({ type: 'role', team: value.role, path: [...path, 'role'], text: 'by role' });
    if ('by' in value && value.by === 'group' && 'group' in value && typeof value.group === 'string')
      found.push({ type: 'group', team: value.group, path: [...path, 'group'], text: 'by group' });
    for (const [key, child] of Object.entries(value)) walk(child, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  if (document.kind === 'ladder' || document.kind === 'task' || document.kind === 'workflow') {
    const { title: _title, ...rest } = document;
    walk(document.kind === 'ladder' ? rest : parts(document), []);
  }
  return found;
}

/** The parts of a workflow or task that name people; conditions and texts do not. */
function parts(document: Extract<AnyDocument, { kind: 'task' | 'workflow' }>): object {
  return document.kind === 'task'
    ? { ownerRules: document.ownerRules }
    : { ownerRules: document.ownerRules, nodes: document.nodes };
}
