import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSqld } from '../support/sqld.ts';
import { proveKills } from './prove-kills.ts';

const sqld = findSqld();

// The short form; the long one is `npm run proof:crash -- --kills 50`.
describe.skipIf(sqld === null)('two nodes on a libSQL server, killed with it under load', () => {
  it('have every acknowledged command once, no gap, a whole chain and an exact outbox', {
    timeout: 400_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-nodes-'));
    const report = await proveKills({ folder, kills: 3, nodes: 2, sqld, say: () => {} });
    rmSync(folder, { recursive: true, force: true });
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(10);
  });
});
