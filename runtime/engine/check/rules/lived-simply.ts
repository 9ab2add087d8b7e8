import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { CheckRule, RuleFinding } from '../rule.ts';

/** What the documents may say and the runtime lives in its simplest form for now: named, never hidden. */
export const livedSimply: CheckRule = {
  name: 'lived-simply',
  kind: 'task',
  reads: [],
  check: (document) => [...recurrenceFindings(document), ...ownerFindings(document), ...resourceFindings(document)],
};

function recurrenceFindings(document: AnyDocument): RuleFinding[] {
  if (document.kind !== 'task' || !document.recurrence) return [];
  const message = `${document.title} recurs; a case has its first occurrence, later ones are added by hand.`;
  return [{ code: 'RECURRENCE_LIVED_ONCE', severity: 'info', path: ['recurrence'], values: {}, message }];
}

function ownerFindings(document: AnyDocument): RuleFinding[] {
  if (document.kind !== 'task' && document.kind !== 'workflow') return [];
  return Object.entries(document.ownerRules).flatMap(([key, { to }]): RuleFinding[] => {
    if (to.by !== 'manual') return [];
    const message = `${document.title} is allocated by hand: it waits in the queue of ${to.team} until somebody takes it.`;
    return [
      { code: 'ALLOCATION_BY_HAND', severity: 'info', path: ['ownerRules', key], values: { team: to.team }, message },
    ];
  });
}

function resourceFindings(document: AnyDocument): RuleFinding[] {
  if (document.kind !== 'service-type') return [];
  const message = `${document.title}: its action plan runs as a case; interests, offers and capacity are not lived yet.`;
  return [{ code: 'RESOURCE_AS_CASE', severity: 'info', path: [], values: {}, message }];
}
