import { describe, expect, it } from 'vitest';
import { housingFolder } from '../../support/configuration.ts';
import { lintel } from '../../support/lintel.ts';

const script = JSON.stringify([
  { at: '2027-01-04T10:00:00Z', command: { type: 'launch', answers: {} } },
  { at: '2027-01-05T10:00:00Z', actor: 'hoo-1', command: { type: 'completeTask', task: 'HP01' } },
]);

describe('lintel simulate DIR', () => {
  const args = ['simulate', housingFolder, '--workflow', 'HP', '--script', 's.json', '--json'];

  it('prints events, messages and final states', async () => {
    const { code, out } = await lintel(args, { 's.json': script });
    const report = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.states).toMatchObject({ HP01: 'complete', HP02: 'ready', HP03: 'pending', HP11: 'notAdded' });
    expect(report.events[0]).toMatchObject({ seq: 1, type: 'caseLaunched', effectiveAt: '2027-01-04T10:00:00Z' });
    expect(report.messages).toEqual([]);
  });

  it('takes the workflow from a saved test', async () => {
    const saved = JSON.stringify({ workflow: 'HP', script: JSON.parse(script) });
    const { code, out } = await lintel(['simulate', housingFolder, '--script', 's.json', '--json'], {
      's.json': saved,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out).states).toMatchObject({ HP01: 'complete' });
    expect((await lintel(['simulate', housingFolder, '--script', 's.json'], { 's.json': script })).code).toBe(2);
  });

  it('says which command was refused and why, and exits 1', async () => {
    const refused = JSON.stringify([
      ...JSON.parse(script),
      { at: '2027-01-05T11:00:00Z', command: { type: 'startTask', task: 'HP01' } },
    ]);
    const { code, said } = await lintel(args, { 's.json': refused });
    expect(code).toBe(1);
    expect(said).toMatch(/startTask refused: .* is complete, so it cannot be started/);
  });

  it.each([
    ['no script', '{}', /holds no script/],
    ['an unknown command', '[{"at": 1, "command": {"type": "jump"}}]', /command 1 of the script/],
    ['a time that is none', '[{"at": "soon", "command": {"type": "advance"}}]', /"soon" is not a date-time/],
  ])('refuses %s with exit 2', async (_, text, message) => {
    const { code, said } = await lintel(args, { 's.json': text });
    expect(code).toBe(2);
    expect(said).toMatch(message);
  });
});

describe('lintel compile', () => {
  const args = ['compile', housingFolder, '--workflow', 'HP', '--format'];

  it('writes the machines as JSON, TypeScript and Mermaid', async () => {
    const json = JSON.parse((await lintel([...args, 'json'])).out);
    expect(Object.keys(json.machines.nodes)).toContain('HP01');
    expect((await lintel([...args, 'typescript'])).out).toMatch(/export const node_HP01 = createMachine\(/);
    expect((await lintel([...args, 'mermaid'])).out).toMatch(/^stateDiagram-v2/);
  });

  it('refuses an unknown format or workflow with exit 2', async () => {
    expect((await lintel([...args, 'pdf'])).code).toBe(2);
    expect((await lintel(['compile', housingFolder, '--workflow', 'XX', '--format', 'json'])).code).toBe(2);
  });
});
