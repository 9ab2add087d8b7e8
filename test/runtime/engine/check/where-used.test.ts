import { describe, expect, it } from 'vitest';
import {
  createChecker,
  type DocumentPart,
  lawRegister,
  wherePartUsed,
  whereUsed,
} from '../../../../runtime/engine/index.ts';
import { type Configuration, documentKinds } from '../../../../schemas/configuration.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();

describe('where a key is used', () => {
  it('names every place of a task, a question, a role and an agency', () => {
    expect(whereUsed(configuration, 'task', 'HP03')).toEqual([
      { document: 'workflow/HP', title: 'Homelessness prevention', pointer: '/nodes/HP03/task' },
    ]);
    const bailiff = whereUsed(configuration, 'question', 'notice').map(({ document, pointer }) => document + pointer);
    expect(bailiff).toContain('workflow/HP/adviceRules/HP11/when/of/question');
    expect(bailiff).toContain('form/HP/questions/notice/library');
    expect(bailiff).toContain('test/HP-01/answers/notice');
    expect(whereUsed(configuration, 'team', 'HOS').map(({ document }) => document)).toContain('ladder/L-CLOCK');
    expect(whereUsed(configuration, 'agency', 'NOWHERE')).toEqual([]);
  });
});

describe('where parts of documents are used', () => {
  const places = (part: DocumentPart, within: Configuration = configuration) =>
    wherePartUsed(within, part).map(({ document, pointer }) => document + pointer);

  it('names the conditions and the answers of tests that name an option', () => {
    const found = places({ question: 'arrears', option: 'yes' });
    expect(found).toContain('workflow/HP/adviceRules/HP6/when');
    const friends = places({ question: 'notice', option: 'none' });
    expect(friends).toContain('form/HP/questions/leave_by/shownWhen/condition');
    expect(friends.every((place) => !place.startsWith('test/') || place.endsWith('/answers/notice'))).toBe(true);
    expect(places({ question: 'notice', option: 'nowhere' })).toEqual([]);
  });

  it('names what looks at an outcome or a field of a task, in the drawings where that task stands', () => {
    const hp = configuration.workflow['HP'];
    const node = hp?.nodes['HP06'];
    if (!hp || node?.type !== 'task') throw new Error('HP06 is a task of HP');
    const outcome = { op: 'is', of: { taskOutcome: 'HP05' }, value: 'agreed' } as const;
    const field = { op: 'answered', of: { taskField: { node: 'HP05', field: 'note' } } } as const;
    const looking = { ...node, activation: { when: { op: 'all' as const, conditions: [outcome, field] } } };
    const nodes = { ...hp.nodes, HP06: looking };
    const other = { ...hp, key: 'OTHER', nodes: { HP06: looking } };
    const within = {
      ...configuration,
      workflow: { ...configuration.workflow, HP: { ...hp, nodes }, OTHER: other },
    } as unknown as Configuration;
    const at = 'workflow/HP/nodes/HP06/activation/when/conditions';
    expect(places({ task: 'HP05', outcome: 'agreed' }, within)).toEqual([`${at}/0`]);
    expect(places({ task: 'HP05', field: 'note' }, within)).toEqual([`${at}/1`]);
    expect(places({ task: 'HP04', outcome: 'agreed' }, within)).toEqual([]);
  });
});

describe('where keys of every kind are used', () => {
  it('is told of each place that a document leaves dangling when it goes', () => {
    const checker = createChecker({ from: '2026-11-21' });
    const found: string[] = [];
    for (const kind of documentKinds) {
      for (const key of Object.keys(configuration[kind]).slice(0, 2)) {
        const { [key]: _, ...others } = configuration[kind] as Record<string, unknown>;
        const uses = new Set(whereUsed(configuration, kind, key).map(({ document, pointer }) => document + pointer));
        const left = checker
          .check({ ...configuration, [kind]: others })
          .filter(({ code }) => code === 'REFERENCE_DANGLING');
        for (const { document, pointer } of left) expect(uses).toContain(document + pointer);
        if (left.length > 0) found.push(kind);
      }
    }
    expect(found).toEqual(expect.arrayContaining(['workflow', 'form', 'question', 'ladder', 'team', 'service-type']));
  });
});

describe('the law register', () => {
  const register = lawRegister(configuration, '2027-04-02');

  it('lists what cites each provision, by its key in any source', () => {
    const act = register.provisions.find(({ provision }) => provision === 'HA96');
    expect(act?.citedBy.map(({ document, pointer }) => document + pointer)).toContain(
      'workflow/HP/clocks/HP-DUTY/source',
    );
    const regulations = register.provisions.find(({ provision }) => provision === 'SI-2018-223');
    expect(regulations?.citedBy.map(({ document }) => document)).toContain('advice/RV2');
    expect(register.others.some(({ text }) => text === 'local')).toBe(true);
  });

  it('says what is to be looked at again, and what is late', () => {
    expect(register.reviews.find(({ document }) => document === 'provision/HA96')).toEqual({
      document: 'provision/HA96',
      title: 'Housing Act 1996',
      reviewBy: '2027-04-01',
      isDue: true,
    });
  });
});
