import { describe, expect, it } from 'vitest';
import { measureCaseCoverage } from '../../../../runtime/engine/test-run/case-coverage.ts';
import { scriptPlayer } from '../../../../runtime/engine/test-run/run-script.ts';
import { TestDocument } from '../../../../schemas/settings.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();
const play = scriptPlayer(configuration);

/** HP01 is due 1 working day after Monday 4 January 2027 and completed a day late. */
function test(parts: object): TestDocument {
  return TestDocument.parse({
    kind: 'test',
    format: 1,
    key: 'S1',
    title: 'late acknowledgement',
    workflow: 'HP',
    script: [
      { at: '2027-01-04T10:00:00Z', command: { type: 'launch', answers: {} } },
      { at: '2027-01-06T10:00:00Z', command: { type: 'completeTask', task: 'HP01' } },
    ],
    ...parts,
  });
}

const failures = (parts: object) => play(test(parts)).failures;
const complete = (at: string, more: object = {}) => ({ at, command: { type: 'completeTask', task: 'HP01' }, ...more });
const launch = { at: '2027-01-04T10:00:00Z', command: { type: 'launch', answers: {} } };

describe('a saved script', () => {
  it('passes when the facts, messages and states it expects come true', () => {
    const outcome = {
      facts: [{ type: 'slaBreached', item: 'task:HP01', at: '2027-01-05T17:00:00Z' }],
      never: [{ type: 'slaBreached', item: 'task:HP02' }],
      messages: [{ rung: 'amber', channel: 'email', at: '2027-01-05T13:00:00Z' }],
      states: { HP01: 'complete', HP02: 'ready' },
      due: { HP02: '2027-01-08T17:00:00Z', HP11: null },
      caseState: 'open',
    };
    expect(failures({ outcome })).toEqual([]);
  });

  it('says what differs', () => {
    const outcome = {
      states: { HP02: 'complete' },
      facts: [{ type: 'caseClosed' }],
      never: [{ type: 'taskReady', task: 'HP01' }],
      due: { HP02: '2027-01-07T17:00:00Z' },
      caseOutcome: 'completed',
    };
    expect(failures({ outcome })).toEqual([
      'no fact caseClosed',
      'fact taskReady (task HP01)',
      'HP02 is ready, expected complete',
      'HP02 is due 2027-01-08T17:00:00Z, expected 2027-01-07T17:00:00Z',
      'the case ended as null, expected completed',
    ]);
  });

  it('checks how the case stands in its course, with time passing alone', () => {
    const script = [launch, { at: '2027-01-05T13:00:01Z', expect: { states: { HP01: 'complete' } } }];
    expect(failures({ script })).toEqual(['at 2027-01-05T13:00:01Z HP01 is ready, expected complete']);
  });

  it('expects a refusal by its code, and takes no other', () => {
    const twice = [launch, complete('2027-01-04T11:00:00Z'), complete('2027-01-04T12:00:00Z', { refused: 'STATE' })];
    const [first] = failures({ script: twice });
    expect(first).toMatch(/^completeTask at 2027-01-04T12:00:00Z was refused with \w+, expected STATE: /);
    const code = /refused with (\w+)/.exec(first ?? '')?.[1];
    expect(failures({ script: [...twice.slice(0, 2), { ...twice[2], refused: code }] })).toEqual([]);
    expect(failures({ script: [launch, complete('2027-01-04T11:00:00Z', { refused: 'STATE' })] })).toEqual([
      'completeTask at 2027-01-04T11:00:00Z was accepted, expected to be refused with STATE',
    ]);
  });

  it('tells of messages nobody expected, when those expected are all there may be', () => {
    const outcome = { messages: [{ rung: 'amber' }], onlyTheseMessages: true };
    const found = failures({ outcome });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((text) => text.startsWith('a message ') && text.includes('template overdue'))).toBe(true);
  });

  it('goes on until the time it names', () => {
    const outcome = { facts: [{ type: 'slaBreached', item: 'task:HP02', at: '2027-01-08T17:00:00Z' }] };
    expect(failures({ outcome })).toHaveLength(1);
    expect(failures({ outcome, until: '2027-01-11T09:00:00Z' })).toEqual([]);
  });

  it('covers the nodes, links and rungs it lived', () => {
    const coverage = measureCaseCoverage(configuration, [play(test({}))]);
    const of = (what: keyof typeof coverage, prefix: string) =>
      coverage[what].missing.filter((one) => one.startsWith(prefix)).length;
    expect(coverage.nodes.missing).not.toContain('HP/HP02');
    expect(of('nodes', 'HP/')).toBe(Object.keys(configuration.workflow['HP']?.nodes ?? {}).length - 2);
    expect(of('links', 'HP/')).toBe(Object.keys(configuration.workflow['HP']?.links ?? {}).length - 1);
    expect(coverage.rungs.missing).not.toContain('L-STD/amber');
    expect(coverage.rungs.missing).not.toContain('L-STD/overdue');
    expect(coverage.rungs.missing).toContain('L-STAT/amber');
  });
});
