import type { TemplateDocument } from '../../schemas/ladder.ts';
import { type MessageScope, toMessageScope, toOfferScope } from '../document/time-engine.ts';

/** What the preview fills in: what a message would know. People change it beside the preview. */
export interface SampleValues {
  recipientName: string;
  reference: string;
  workflow: string;
  task: string;
  clock: string;
  onEnd: string;
  source: string;
  resource: string;
  place: string;
  /** Instant at which the work is due, the clock ends or the offer expires. */
  dueAt: number;
  overdueSeconds: number;
}

export const sampleLabels: Readonly<Record<Exclude<keyof SampleValues, 'dueAt' | 'overdueSeconds'>, string>> = {
  recipientName: 'Name of the reader',
  reference: 'Reference of the case',
  workflow: 'Workflow',
  task: 'Task',
  clock: 'Statutory clock',
  onEnd: 'What its end means',
  source: 'Source in law',
  resource: 'Service resource',
  place: 'Place',
};

/** Wednesday 6 January 2027, 17:00. */
const DUE_AT = 1_799_254_800;

export const firstSample: SampleValues = {
  recipientName: 'Robin Sample',
  reference: 'HP-7KQ2-M4XD',
  workflow: 'Homelessness prevention',
  task: 'Triage call',
  clock: 'Prevention duty',
  onEnd: 'the duty may be ended',
  source: 'HA96 s195',
  resource: 'Tenancy course',
  place: 'Tuesday group',
  dueAt: DUE_AT,
  overdueSeconds: 3 * 3600,
};

/** The scope of a sample message, made by the functions that make real ones. */
export function sampleScope(purpose: TemplateDocument['purpose'], sample: SampleValues, zone: string): MessageScope {
  const { recipientName, reference, dueAt } = sample;
  const link = 'https://housing.example.org/cases/sample';
  if (purpose === 'offer')
    return toOfferScope({
      recipientName,
      resourceTitle: sample.resource,
      place: sample.place,
      expiresAt: dueAt,
      link,
      zone,
    });
  const variables = {
    case: { workflow: sample.workflow },
    task: { title: sample.task },
    clock: { title: sample.clock, onEnd: sample.onEnd, source: sample.source },
    due: { at: dueAt },
    overdue: { seconds: sample.overdueSeconds },
  };
  return toMessageScope({ variables } as unknown as Parameters<typeof toMessageScope>[0], {
    reference,
    recipientName,
    link,
    zone,
  });
}

/** Which sample values a text uses, by the paths it names. */
export function usedSamples(paths: readonly string[]): (keyof typeof sampleLabels)[] {
  const of: Readonly<Record<string, keyof typeof sampleLabels>> = {
    'recipient.name': 'recipientName',
    'case.reference': 'reference',
    'case.workflow': 'workflow',
    'task.title': 'task',
    'clock.title': 'clock',
    'clock.onEnd': 'onEnd',
    'clock.source': 'source',
    'resource.title': 'resource',
    'resource.place': 'place',
  };
  return [...new Set(paths.flatMap((path) => of[path] ?? []))];
}
