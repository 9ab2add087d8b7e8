import { describe, expect, it } from 'vitest';
import { diffDrawing } from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { loadHousing, type Mutable } from '../../../support/configuration.ts';

const housing = loadHousing().configuration;

function altered(change: (copy: Mutable<Configuration>) => void): Configuration {
  const copy = structuredClone(housing) as Mutable<Configuration>;
  change(copy);
  return copy as Configuration;
}
const hp = (copy: Mutable<Configuration>) => copy.workflow['HP'] ?? ({} as never);

describe('two versions of a drawing in one', () => {
  it('are nothing where the drawing is the same, whatever became of its title, order and layout', () => {
    const turned = altered((copy) => {
      hp(copy).title = 'Another name';
      for (const node of Object.values(hp(copy).nodes)) node.order += 100;
    });
    expect(diffDrawing(housing, turned, 'HP')).toBeUndefined();
    expect(diffDrawing(housing, housing, 'NONE')).toBeUndefined();
  });

  it('hold a node that is new, one that is gone and its links, each with its sentence', () => {
    const after = altered((copy) => {
      const { nodes, links } = hp(copy);
      delete nodes['HP13'];
      for (const [key, link] of Object.entries(links))
        if (link.from === 'HP13' || link.to === 'HP13') delete links[key];
      nodes['NEW'] = { order: 90, type: 'milestone', stage: 'advised', title: 'Advised' };
      links['HP02-NEW'] = { order: 91, from: 'HP02', to: 'NEW', type: 'FS' };
    });
    const diff = diffDrawing(housing, after, 'HP');
    expect(diff?.nodes).toEqual({
      HP13: { change: 'removed', sentences: ['HP13 is not drawn any more.'] },
      NEW: { change: 'added', sentences: ['NEW is new: Advised.'] },
    });
    expect(diff?.links['HP02-NEW']).toEqual({ change: 'added', sentences: ['NEW now waits for HP02.'] });
    const gone = Object.values(housing.workflow['HP']?.links ?? {}).filter(
      ({ from, to }) => from === 'HP13' || to === 'HP13',
    );
    expect(Object.values(diff?.links ?? {}).filter(({ change }) => change === 'removed')).toHaveLength(gone.length);
    // Everything that either version has can be drawn.
    for (const link of Object.values(diff?.workflow.links ?? {})) {
      expect(diff?.workflow.nodes[link.from]).toBeDefined();
      expect(diff?.workflow.nodes[link.to]).toBeDefined();
    }
  });

  it('mark a lag on its link, and a change of a task document on the node it stands on', () => {
    const after = altered((copy) => {
      const lag = hp(copy).links['HP03-HP12']?.lag;
      if (lag) lag.value = 35;
      const task = copy.task['HP02'];
      if (task) task.repeatable = true;
    });
    const diff = diffDrawing(housing, after, 'HP');
    expect(diff?.links).toEqual({
      'HP03-HP12': { change: 'changed', sentences: ['HP12 now starts 35 days after HP03, was 42.'] },
    });
    expect(diff?.nodes).toEqual({
      HP02: { change: 'changed', sentences: ['HP02 is now repeatable.'] },
    });
  });

  it('are all new in a workflow that was not there, and all gone in one that is not any more', () => {
    const without = altered((copy) => delete copy.workflow['HP']);
    const count = Object.keys(housing.workflow['HP']?.nodes ?? {}).length;
    const changes = (diff: ReturnType<typeof diffDrawing>) => [
      Object.keys(diff?.nodes ?? {}).length,
      new Set(Object.values(diff?.nodes ?? {}).map(({ change }) => change)),
    ];
    expect(changes(diffDrawing(without, housing, 'HP'))).toEqual([count, new Set(['added'])]);
    expect(changes(diffDrawing(housing, without, 'HP'))).toEqual([count, new Set(['removed'])]);
  });
});
