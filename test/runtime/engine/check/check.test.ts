import { describe, expect, it } from 'vitest';
import { checkConfiguration, checkRules, createChecker } from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import type { Finding } from '../../../../schemas/finding.ts';
import { loadHousing } from '../../../support/configuration.ts';
import type { Copy } from './changes.ts';
import { defects } from './defects.ts';
import { edges } from './edges.ts';

const from = '2026-11-21';
const housing = loadHousing().configuration;
const checker = createChecker({ from });
const shipped = checker.check(housing);
const before = new Set(shipped.map(place));

/** Findings a change adds to those of the shipped configuration; remarks of severity info only where they are looked for. */
function addedBy(change: (copy: Copy) => void, wanted: readonly string[] = []): Finding[] {
  const codes = wanted.map((one) => one.split(' ')[0]);
  return checker
    .check(altered(change))
    .filter((finding) => !before.has(place(finding)))
    .filter(({ code, severity }) => severity !== 'info' || codes.includes(code));
}

/** The shipped configuration with a change made to a copy. */
function altered(change: (copy: Copy) => void): Configuration {
  const copy = structuredClone(housing) as Copy;
  change(copy);
  return shareUnchanged(housing, copy as Configuration);
}

function place({ code, document, pointer }: Pick<Finding, 'code' | 'document' | 'pointer'>): string {
  return `${code} ${document}${pointer}`;
}

describe('the checks on the shipped configuration', () => {
  it('find no error and no warning', () => {
    expect(loadHousing().findings).toEqual([]);
    expect(shipped.filter(({ severity }) => severity !== 'info')).toEqual([]);
    for (const { code, severity } of shipped) expect(severityOf(code), code).toBe(severity);
  });
});

describe('a defect', () => {
  it.each(defects.map((defect) => [defect.name, defect] as const))('%s draws its finding and no other', (_, defect) => {
    const added = addedBy(defect.change, defect.findings);
    expect(added.map(place).sort()).toEqual([...defect.findings].sort());
    for (const finding of added) {
      expect(severityOf(finding.code), finding.code).toBe(finding.severity);
      expect(finding.message).toMatch(/[.?]$/);
    }
  });

  it('is seeded at least sixty times', () => {
    expect(defects.length).toBeGreaterThanOrEqual(60);
  });

  it('in a cycle names the path and offers the link to remove', () => {
    const [cycle] = addedBy((copy) => {
      const workflow = copy.workflow['HP'];
      if (workflow) workflow.links['new'] = { order: 99, from: 'HP05', to: 'HP03', type: 'FS' };
    });
    expect(cycle?.values['cycle']).toEqual(['HP03', 'HP04', 'HP05']);
    expect(cycle?.message).toContain('HP03 -> HP04 -> HP05 -> HP03');
    expect(cycle?.fix).toEqual({ type: 'unlink', workflow: 'HP', links: ['new'] });
  });
});

describe('at the edge of what is accepted', () => {
  it.each(edges.map((edge) => [edge.name, edge] as const))(
    '%s: the first draws nothing, the second one finding',
    (_, edge) => {
      expect(addedBy(edge.accepted, [edge.finding]).map(place)).toEqual([]);
      expect(addedBy(edge.refused, [edge.finding]).map(place)).toEqual([edge.finding]);
    },
  );
});

function severityOf(code: string): string | undefined {
  return checkRules.flatMap((rule) => rule.codes).find((one) => one.code === code)?.severity;
}

describe('a checker that is asked again', () => {
  const some = defects.filter((_, at) => at % 5 === 0);
  it.each(some.map((defect) => [defect.name, defect] as const))(
    'finds after %s what a fresh one finds',
    (_, defect) => {
      const changed = altered(defect.change);
      expect(checker.check(changed)).toEqual(checkConfiguration(changed, { from }));
      expect(checker.check(housing)).toEqual(shipped);
    },
  );
});

/** The changed configuration with the very documents of the old one where they are equal, as an edit leaves them. */
function shareUnchanged<T extends object>(old: T, changed: T): T {
  const kinds = Object.entries(changed).map(([kind, documents]) => {
    const known = (old as Record<string, Record<string, unknown>>)[kind] ?? {};
    const shared = Object.entries(documents as Record<string, unknown>).map(([key, document]) => [
      key,
      JSON.stringify(known[key]) === JSON.stringify(document) ? known[key] : document,
    ]);
    return [kind, Object.fromEntries(shared)];
  });
  return Object.fromEntries(kinds) as T;
}
