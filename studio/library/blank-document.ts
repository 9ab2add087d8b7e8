import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { newTaskDocument } from '../document/engine.ts';

/** The smallest valid document of a kind, to start from. */
export function blankDocument(
  kind: DocumentKind,
  key: string,
  title: string,
  category: string | undefined,
  configuration: Configuration,
): AnyDocument {
  const first = (of: DocumentKind, otherwise: string) => Object.keys(configuration[of])[0] ?? otherwise;
  const team = first('team', 'DUTY');
  const contents: Record<DocumentKind, object> = {
    workflow: {
      category: category ?? 'general',
      audience: 'internal',
      privateToOwner: false,
      calendar: ordinaryCalendar(configuration),
      start: 'by hand',
      sla: { target: { value: 20, unit: 'workingDays' } },
      namedConditions: {},
      reopen: 'continue',
      ownerRules: { default: { order: 1, to: { by: 'group', group: team } } },
      nodes: {},
      links: {},
      lanes: {},
      clocks: {},
      adviceRules: {},
      holdReasons: {},
      outcomes: {},
      retention: { period: { value: 72, unit: 'months' }, from: 'closed' },
    },
    task: newTaskDocument(key, title),
    form: { sections: { enquiry: { order: 1, title: 'Your enquiry' } }, questions: {} },
    question: { type: 'text', label: title },
    topic: { order: Object.keys(configuration.topic).length + 1 },
    advice: { body: title, scope: 'generic', section: 'General', order: Object.keys(configuration.advice).length + 1 },
    provision: { citation: title },
    agency: {},
    ladder: {
      subject: 'task',
      rungs: {},
      ack: { holdFor: { value: 1, unit: 'workingDays' } },
      fallback: [`group:${team}`],
    },
    template: { purpose: 'communication', channels: { inApp: title }, languages: {}, variables: [] },
    calendar: { zone: 'Europe/London', weekly: {}, closed: {}, openings: {} },
    team: { type: 'group' },
    'service-type': {
      actionPlan: first('workflow', 'plan'),
      actionPath: [],
      provider: 'direct',
      provision: 'continuing',
      offer: { expires: { value: 5, unit: 'workingDays' } },
    },
    settings: {
      organisation: title,
      zone: 'Europe/London',
      languages: ['en'],
      twoPersonPublish: false,
      allowedEmailDomains: [],
      checkSeverity: {},
      attributeDefinitions: {},
    },
    test: { workflow: first('workflow', 'workflow') },
  };
  return { ...contents[kind], kind, format: 1, key, title } as AnyDocument;
}

/** The calendar that most workflows keep; where there is none, the first that closes at times. */
function ordinaryCalendar({ calendar, workflow }: Configuration): string {
  const uses = (key: string) => Object.values(workflow).filter((one) => one.calendar === key).length;
  const keys = Object.keys(calendar).sort((a, b) => uses(b) - uses(a));
  const mostUsed = keys[0];
  if (mostUsed === undefined) return 'office';
  return uses(mostUsed) > 0 ? mostUsed : (keys.find((key) => !calendar[key]?.alwaysOpen) ?? mostUsed);
}
