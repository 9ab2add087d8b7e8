import type { DocumentKind } from '../../schemas/configuration.ts';

/** What people call a document of each kind. */
export const kindWords: Readonly<Record<DocumentKind, string>> = {
  workflow: 'Workflow',
  task: 'Task',
  form: 'Form',
  question: 'Question',
  topic: 'Topic',
  advice: 'Statement',
  provision: 'Provision',
  agency: 'Agency',
  ladder: 'Ladder',
  template: 'Template',
  calendar: 'Calendar',
  team: 'Team',
  'service-type': 'Service type',
  settings: 'Settings',
  test: 'Test',
};

/** `service-type/WARDEN` as people say it: `Service type WARDEN`. */
export function nameInWords(name: string): string {
  const [kind = '', key = ''] = name.split('/');
  const word = Object.hasOwn(kindWords, kind) ? kindWords[kind as DocumentKind] : kind;
  return `${word} ${key}`;
}
