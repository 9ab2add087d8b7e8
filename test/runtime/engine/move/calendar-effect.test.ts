import { expect, it } from 'vitest';
import { compileWorkflow } from '../../../../runtime/engine/compile/compile-workflow.ts';
import { compileCalendar, datesUnderCalendars, shippedBankHolidays } from '../../../../runtime/engine/index.ts';
import { loadHousing } from '../../../support/configuration.ts';
import { calendarsOf, playerOf } from '../run/case-player.ts';

const housing = loadHousing().configuration;
const at = (text: string) => Date.parse(`${text}Z`) / 1000;

it('A bank holiday added lists the dates that move, from its publication on', () => {
  const before = calendarsOf(housing);
  const player = playerOf({ bundle: compileWorkflow({ configuration: housing }, 'HP'), calendars: before });
  const monday = at('2026-11-23T09:00:00');
  player.send(monday, { type: 'launch', answers: {} });
  const content = housing.calendar['england-and-wales'];
  if (!content) throw new Error('expected the calendar');
  const published = (date: string) => ({
    ...before,
    'england-and-wales': compileCalendar(
      [
        { publishedAt: null, content },
        { publishedAt: monday + 3600, content: { ...content, closed: { ...content.closed, [date]: 'Bank holiday' } } },
      ],
      shippedBankHolidays,
    ),
  });
  // HP01 has one working day: due on Tuesday the 24th; closed then, on Wednesday.
  const moved = datesUnderCalendars(player.state, monday + 3600, before, published('2026-11-24'));
  expect(moved.filter(({ of, which }) => of === 'task:HP01' && which === 'due')).toEqual([
    { of: 'task:HP01', which: 'due', from: at('2026-11-24T17:00:00'), to: at('2026-11-25T17:00:00') },
  ]);
  expect(datesUnderCalendars(player.state, monday + 3600, before, published('2026-11-20'))).toEqual([]);
});
