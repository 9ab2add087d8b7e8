import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { Period } from '../../../../schemas/period.ts';
import type { Estimate } from '../../../../schemas/task.ts';
import { defineCommonRule } from '../rule.ts';

/** An estimate's likely time lies between its shortest and its longest (P10). */
export const estimates = defineCommonRule({
  name: 'estimates',
  reads: [],
  codes: [
    {
      code: 'ESTIMATE_ORDER',
      severity: 'error',
      means: 'The shortest, likely and longest time of an estimate are not in this order.',
      cure: 'Put the three in order.',
    },
  ],
  check: (document) =>
    placed(document)
      .filter(({ estimate: { minimum, likely, maximum } }) => isLonger(minimum, likely) || isLonger(likely, maximum))
      .map(({ estimate, path }) => ({
        code: 'ESTIMATE_ORDER',
        severity: 'error',
        path,
        values: { ...estimate },
        message: `The estimate at /${path.join('/')} is not in order: shortest, likely, longest. Put the three in order.`,
      })),
});

function placed(document: AnyDocument): { estimate: Estimate; path: string[] }[] {
  if (document.kind === 'task') return document.estimate ? [{ estimate: document.estimate, path: ['estimate'] }] : [];
  if (document.kind !== 'workflow') return [];
  return Object.entries(document.nodes).flatMap(([key, node]) =>
    node.type === 'task' && node.estimate ? [{ estimate: node.estimate, path: ['nodes', key, 'estimate'] }] : [],
  );
}

/** Only periods of one unit are compared: others depend on the day. */
function isLonger(a: Period, b: Period): boolean {
  return a.unit === b.unit && a.value > b.value;
}
