import { type AnyDocument, type Configuration, type DocumentKind, documentKinds } from '../../schemas/configuration.ts';

/** Fields that hold the key of a document of another kind. */
const references: Readonly<Record<string, DocumentKind>> = {
  task: 'task',
  form: 'form',
  interestForm: 'form',
  calendar: 'calendar',
  ladder: 'ladder',
  template: 'template',
  group: 'team',
  role: 'team',
  team: 'team',
  library: 'question',
  workflow: 'workflow',
  actionPlan: 'workflow',
  statements: 'advice',
  agencies: 'agency',
};

/** In how many places each document (`kind/key`) is named by another. */
export function countUses(configuration: Configuration): Map<string, number> {
  const uses = new Map<string, number>();
  const note = (kind: DocumentKind, key: unknown) => {
    if (typeof key === 'string') uses.set(`${kind}/${key}`, (uses.get(`${kind}/${key}`) ?? 0) + 1);
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [field, child] of Object.entries(value)) {
      const kind = references[field];
      if (kind && typeof child === 'string') note(kind, child);
      else if (kind && Array.isArray(child)) for (const key of child) note(kind, key);
      else visit(child);
    }
  };
  for (const kind of documentKinds)
    for (const document of Object.values(configuration[kind]) as AnyDocument[]) visit(document);
  return uses;
}
