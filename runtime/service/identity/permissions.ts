import type { Role } from './store.ts';

export type Permission = 'read' | 'work' | 'design' | 'publish' | 'administer';

/** The one table of permissions. */
const permissions: Record<Role, readonly Permission[]> = {
  reader: ['read'],
  officer: ['read', 'work'],
  teamLeader: ['read', 'work'],
  designer: ['read', 'design'],
  publisher: ['read', 'design', 'publish'],
  administrator: ['read', 'work', 'design', 'publish', 'administer'],
  auditor: ['read'],
  integration: ['read', 'work'],
};

export function isPermitted(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => permissions[role].includes(permission));
}
