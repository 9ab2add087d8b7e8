import type { Configuration, DocumentKind } from '../../../schemas/configuration.ts';
import { documentKinds } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type Checker, createChecker } from '../../engine/index.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { zoneOf } from './review.ts';

// One checker an organisation and day: it looks again only at what changed since the last time.
const checkers = new WeakMap<Organisation, { from: string; checker: Checker }>();
const explorers: typeof checkers = new WeakMap();

/** Findings of a draft (R1), proved for starts from today in the organisation's zone on; of one kind only when it is named. */
export function checkDraft(organisation: Organisation, configuration: Configuration, kind?: DocumentKind): Finding[] {
  return check(organisation, configuration, kind === undefined ? documentKinds : [kind], false);
}

/** As `checkDraft`, and cases of each workflow are lived on paper too: what must hold before publishing (R2). */
export function exploreDraft(organisation: Organisation, configuration: Configuration): Finding[] {
  return check(organisation, configuration, documentKinds, true);
}

function check(
  organisation: Organisation,
  configuration: Configuration,
  kinds: readonly DocumentKind[],
  explore: boolean,
): Finding[] {
  const memory = explore ? explorers : checkers;
  const from = dateIn(zoneOf(configuration), organisation.clock.now());
  const known = memory.get(organisation);
  const checker = known?.from === from ? known.checker : createChecker({ from, explore });
  if (known?.checker !== checker) memory.set(organisation, { from, checker });
  return checker.check(configuration, kinds);
}
