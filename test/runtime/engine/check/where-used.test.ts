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

describe('where a node of a drawing is used', () => {
  const places = (node: string, within: Configuration = configuration, workflow = 'HP') =>
    wherePartUsed(within, { workflow, node }).map(({ document, pointer }) => document + pointer);

  it('names clocks, owner rules and conditions of its own drawing, and not its links', () => {
    const hp = configuration.workflow['HP'];
    if (!hp) throw new Error('HP is in the shipped configuration');
    const rules = { last: { order: 1, to: { by: 'sameAs', node: 'HP04' }, excludeOwnersOf: ['HP03', 'HP05'] } };
    const named = { talked: { title: 'Talked', when: { op: 'is', of: { taskOutcome: 'HP05' }, value: 'agreed' } } };
    const clock = { anchor: { completionOf: ['HP03', 'HP05'] }, mustContain: ['HP05'] };
    const drawing = { ...hp, ownerRules: rules, namedConditions: named, clocks: { duty: clock } };
    const within = { ...configuration, test: {}, workflow: { HP: drawing } } as unknown as Configuration;
    expect(places('HP05', within).sort()).toEqual([
      'workflow/HP/clocks/duty/anchor/completionOf/1',
      'workflow/HP/clocks/duty/mustContain/0',
      'workflow/HP/namedConditions/talked/when/of/taskOutcome',
      'workflow/HP/ownerRules/last/excludeOwnersOf/1',
    ]);
    expect(places('HP04', within)).toEqual(['workflow/HP/ownerRules/last/to/node']);
    expect(places('HP01', within)).toEqual([]);
    expect(places('HP05', within, 'NOWHERE')).toEqual([]);
  });

  it('names the rungs of ladders that watch its workflow, and of no other', () => {
    const [ladder] = Object.values(configuration.ladder);
    const hp = configuration.workflow['HP'];
    if (!ladder || !hp) throw new Error('expected a ladder and HP');
    const rung = { ...Object.values(ladder.rungs)[0], actions: [{ do: 'addTask', node: 'HP05' }] };
    const adding = { ...ladder, key: 'ADDS', rungs: { R1: rung } };
    const within = (ladderOfCase: string) =>
      ({
        ...configuration,
        test: {},
        ladder: { ...configuration.ladder, ADDS: adding },
        workflow: { HP: { ...hp, clocks: {}, ladder: ladderOfCase } },
      }) as unknown as Configuration;
    expect(places('HP05', within('ADDS'))).toEqual(['ladder/ADDS/rungs/R1/actions/0/node']);
    expect(places('HP05', within('L-STD'))).toEqual([]);
  });

  it('names the steps and the outcome of tests that live its workflow, further occurrences too', () => {
    const test = {
      kind: 'test',
      format: 1,
      key: 'T',
      title: 'T',
      workflow: 'HP',
      script: [
        { at: '2027-01-04T10:00:00Z', command: { type: 'launch', answers: { HP05: 'HP05' } } },
        { at: '2027-01-05T10:00:00Z', command: { type: 'completeTask', task: 'HP05.2' } },
        { at: '2027-01-06T10:00:00Z', expect: { states: { HP05: 'complete' } } },
        { at: '2027-01-07T10:00:00Z', expect: { states: { HP051: 'complete' } } },
      ],
      outcome: { facts: [{ type: 'slaBreached', item: 'task:HP05' }] },
    };
    const hp = configuration.workflow['HP'];
    if (!hp) throw new Error('HP is in the shipped configuration');
    const within = {
      ...configuration,
      test: { T: test, O: { ...test, key: 'O', workflow: 'RG' } },
      workflow: { HP: { ...hp, clocks: {} } },
    } as unknown as Configuration;
    expect(places('HP05', within)).toEqual(['test/T/script/1', 'test/T/script/2', 'test/T/outcome']);
  });

  it('is told of each place that a node leaves dangling when it goes', () => {
    const checker = createChecker({ from: '2026-11-21' });
    const hp = configuration.workflow['HP'];
    if (!hp) throw new Error('HP is in the shipped configuration');
    for (const node of ['HP03', 'HP05', 'HP13']) {
      const { [node]: _, ...nodes } = hp.nodes;
      const left = checker
        .check({ ...configuration, workflow: { ...configuration.workflow, HP: { ...hp, nodes } } })
        .filter(({ code, pointer }) => code === 'NODE_UNKNOWN' && !pointer.startsWith('/links'));
      expect(places(node)).toEqual(expect.arrayContaining(left.map(({ document, pointer }) => document + pointer)));
    }
  });

  it('names the action paths of service types whose plan it is of', () => {
    const [type] = Object.values(configuration['service-type']);
    const [node = ''] = type?.actionPath ?? [];
    if (!type) throw new Error('expected a service type');
    expect(places(node, { ...configuration, test: {} }, type.actionPlan)).toContain(
      `service-type/${type.key}/actionPath/0`,
    );
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
