import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { findingsOfRemoved, type RemovedOption, removedAndHeld, removedOptions } from '../../engine/index.ts';
import { prepareCases } from '../cases/prepare.ts';
import type { Organisation } from '../organisation.ts';
import { openCases } from './open-cases.ts';

/** Findings that only the open cases bring: options that go while their answers hold them (R2). The cases are counted, not named. */
export async function findHeldByCases(
  organisation: Organisation,
  before: Configuration | undefined,
  after: Configuration,
): Promise<Finding[]> {
  const removed = before ? removedOptions(before, after) : [];
  if (!before || removed.length === 0) return [];
  const counts = new Map<RemovedOption, number>();
  const workflows = new Set(removed.map(({ workflow }) => workflow));
  for await (const batch of openCases(organisation, undefined)) {
    const asked = batch.filter(({ workflow }) => workflows.has(workflow));
    const prepared = await prepareCases(
      organisation,
      asked.map(({ id }) => id),
    );
    for (const { id, workflow } of asked)
      for (const one of removedAndHeld(removed, after, workflow, prepared.get(id)?.answers ?? {}))
        counts.set(one, (counts.get(one) ?? 0) + 1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return findingsOfRemoved(before, after, counts);
}
