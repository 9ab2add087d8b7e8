import type { AnyDocument } from '../../../../schemas/configuration.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** What the documents may say and the runtime lives in its simplest form for now: named, never hidden. */
export const livedSimply = defineCommonRule({
  name: 'lived-simply',
  reads: [],
  codes: [
    {
      code: 'ALLOCATION_BY_HAND',
      severity: 'info',
      means: 'Work is allocated by hand: it waits in a queue until somebody takes or gives it.',
      cure: 'Nothing, if that is meant; else choose another way to find the owner.',
    },
    {
      code: 'RESOURCE_AS_CASE',
      severity: 'info',
      means: 'The action plan of a service resource runs as a case of its own.',
      cure: 'Nothing.',
    },
  ],
  check: (document) => [...ownerFindings(document), ...resourceFindings(document)],
});

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
  const message = `${document.title}: its action plan runs as a case whose subject is the resource.`;
  return [{ code: 'RESOURCE_AS_CASE', severity: 'info', path: [], values: {}, message }];
}
