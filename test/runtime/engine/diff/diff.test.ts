import { describe, expect, it } from 'vitest';
import {
  compileCalendars,
  diffConfigurations,
  mergeConfigurations,
  shippedBankHolidays,
} from '../../../../runtime/engine/index.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { loadHousing, type Mutable } from '../../../support/configuration.ts';

const housing = loadHousing().configuration;
const compiled = compileCalendars(housing, shippedBankHolidays);
const options = { start: '2026-11-23', calendars: { before: compiled, after: compiled } };

function altered(change: (copy: Mutable<Configuration>) => void): Configuration {
  const copy = structuredClone(housing) as Mutable<Configuration>;
  change(copy);
  return copy as Configuration;
}

function sentences(change: (copy: Mutable<Configuration>) => void): string[] {
  return diffConfigurations(housing, altered(change), options).flatMap((diff) => diff.sentences);
}

const hp = (copy: Mutable<Configuration>) => copy.workflow['HP'] ?? ({} as never);

describe('the difference between two configurations', () => {
  it('is nothing for the same documents in another order of keys', () => {
    const turned = altered((copy) => {
      const { HP } = copy.workflow;
      if (HP) copy.workflow['HP'] = Object.fromEntries(Object.entries(HP).reverse()) as never;
    });
    expect(diffConfigurations(housing, turned, options)).toEqual([]);
  });

  it('says who gets a task and when, without a mark of the stored form', () => {
    const rules = {
      young: {
        order: 1,
        when: { op: 'is', of: { question: 'safe' }, value: 'no' },
        to: { by: 'group', group: 'DUTY' },
      },
      others: { order: 2, to: { by: 'caseOwner' } },
    };
    const said = sentences((copy) => {
      Object.assign(hp(copy).nodes['HP04'] ?? {}, { ownerRules: rules });
    });
    expect(said).toEqual([
      'HP04 now has owner rules: young (when safe is no, to: the queue of DUTY), others (to: the case owner).',
    ]);
    const back = diffConfigurations(
      altered((copy) => void Object.assign(hp(copy).nodes['HP04'] ?? {}, { ownerRules: rules })),
      altered((copy) => void Object.assign(hp(copy).nodes['HP04'] ?? {}, { ownerRules: { others: rules.others } })),
    );
    expect(back.flatMap((diff) => diff.sentences)).toEqual([
      'Owner rules of HP04 are now others (to: the case owner), were young (when safe is no, to: the queue of DUTY), others (to: the case owner).',
    ]);
  });

  it('says that a lag is shorter and where the planned finish goes', () => {
    const said = sentences((copy) => {
      const lag = hp(copy).links['HP03-HP12']?.lag;
      if (lag) lag.value = 35;
    });
    // Both by hand from expected-schedules: HP03 ends 5 working days after HP02; 42 days from there decide the finish.
    expect(said[0]).toBe('HP12 now starts 35 days after HP03, was 42.');
    expect(said[1]).toMatch(
      /^Planned finish of HP moves from \w{3} \d+ Jan 2027 to \w{3} \d+ Jan 2027, starting Mon 23 Nov 2026\.$/,
    );
  });

  const cases: [string, (copy: Mutable<Configuration>) => void, string][] = [
    [
      'a new link',
      (c) => void Object.assign(hp(c).links, { x: { order: 9, from: 'HP02', to: 'HP08', type: 'FS' } }),
      'HP08 now waits for HP02.',
    ],
    ['a link gone', (c) => void delete hp(c).links['HP02-HP03'], 'HP03 does not wait for HP02 any more.'],
    [
      'a task added by hand now',
      (c) => void Object.assign(hp(c).nodes['HP07'] ?? {}, { activation: 'manual' }),
      'HP07 is now added by hand, was automatic.',
    ],
    [
      'a task mandatory now',
      (c) => void Object.assign(hp(c).nodes['HP07'] ?? {}, { mandatory: true }),
      'HP07 is now mandatory.',
    ],
    [
      'a task that counts in the plan against its case no more',
      (c) => void Object.assign(hp(c).nodes['HP07'] ?? {}, { outsideSla: true }),
      'HP07 is now outside the case SLA.',
    ],
    [
      'a question that may be left out, where nothing was said before',
      (c) => void Object.assign(c.form['CO']?.questions['co_about'] ?? {}, { required: false }),
      'Question co_about is not required any more.',
    ],
    [
      'a switch of the organisation',
      (c) => void Object.assign(Object.values(c.settings)[0] ?? {}, { twoPersonPublish: true }),
      'Publishing by two persons is now on.',
    ],
    [
      'an attribute, whatever it is called',
      (c) => void Object.assign(c.task['HP02'] ?? {}, { attributes: { urgent: true } }),
      'HP02 now has attributes: urgent: yes.',
    ],
    [
      'a target',
      (c) => void Object.assign(c.task['HP02'] ?? {}, { sla: { target: { value: 3, unit: 'workingDays' } } }),
      'HP02 now has 3 working days, was',
    ],
    [
      'an option',
      (c) => void delete c.question['stay']?.options?.['family_friends'],
      'Stay has not the option family_friends any more.',
    ],
    [
      'a rule',
      (c) => void Object.assign(hp(c).adviceRules['HP11'] ?? {}, { when: undefined }),
      'HP11 is now advised always, was when notice is bailiff.',
    ],
    ['a text', (c) => void Object.assign(c.advice['HP1'] ?? {}, { body: 'New.' }), 'The text of HP1 was rewritten.'],
    ['a document gone', (c) => void delete c.agency['SHELTER'], 'agency SHELTER ('],
    [
      'a title',
      (c) => void Object.assign(hp(c), { title: 'Prevention' }),
      'Title of HP is now "Prevention", was "Homelessness prevention".',
    ],
  ];
  it.each(cases)('says in a sentence: %s', (_, change, expected) => {
    const said = sentences(change);
    expect(
      said.filter((one) => one.startsWith(expected)),
      said.join('\n'),
    ).toHaveLength(1);
  });

  it('gives the places as data for the canvas', () => {
    const [diff] = diffConfigurations(
      housing,
      altered((copy) => {
        const lag = hp(copy).links['HP03-HP12']?.lag;
        if (lag) lag.value = 35;
      }),
    );
    expect(diff).toMatchObject({
      document: 'workflow/HP',
      change: 'changed',
      parts: [{ pointer: '/links/HP03-HP12/lag/value', from: 42, to: 35 }],
    });
  });
});

describe('merging two drafts of one base', () => {
  const lag = (value: number) => (copy: Mutable<Configuration>) => {
    const found = hp(copy).links['HP03-HP12']?.lag;
    if (found) found.value = value;
  };
  const title = (value: string) => (copy: Mutable<Configuration>) => void Object.assign(hp(copy), { title: value });

  it('keeps both where they changed different places', () => {
    const { configuration, conflicts } = mergeConfigurations(housing, altered(lag(35)), altered(title('Prevention')));
    expect(conflicts).toEqual([]);
    expect([hp(configuration as never).title, hp(configuration as never).links['HP03-HP12']?.lag?.value]).toEqual([
      'Prevention',
      35,
    ]);
  });

  it('names the place that both changed differently, and keeps mine until somebody chooses', () => {
    const { configuration, conflicts } = mergeConfigurations(housing, altered(lag(35)), altered(lag(28)));
    expect(conflicts).toMatchObject([
      { document: 'workflow/HP', pointer: '/links/HP03-HP12/lag/value', base: 42, mine: 35, theirs: 28 },
    ]);
    expect(hp(configuration as never).links['HP03-HP12']?.lag?.value).toBe(35);
  });

  it('names a document that one changed and the other removed', () => {
    const { conflicts } = mergeConfigurations(
      housing,
      altered((copy) => void Object.assign(copy.agency['SHELTER'] ?? {}, { phone: '1' })),
      altered((copy) => void delete copy.agency['SHELTER']),
    );
    expect(conflicts.map(({ document, pointer }) => document + pointer)).toEqual(['agency/SHELTER']);
  });

  it('takes a removal nobody else touched', () => {
    const { configuration, conflicts } = mergeConfigurations(
      housing,
      housing,
      altered((copy) => void delete copy.agency['SHELTER']),
    );
    expect([configuration.agency['SHELTER'], conflicts]).toEqual([undefined, []]);
  });
});
