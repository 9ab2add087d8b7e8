import { describe, expect, it } from 'vitest';
import {
  compileCalendars,
  compileWorkflow,
  playCase,
  sampleDirectory,
  shippedBankHolidays,
} from '../../../../runtime/engine/index.ts';
import { nextSteps } from '../../../../runtime/service/enquiries/next-steps.ts';
import { loadHousing } from '../../../support/configuration.ts';

const { configuration } = loadHousing();

function launched(workflow: string, at: string, answers: Record<string, string>) {
  const commands = [{ at: Date.parse(at) / 1000, actor: 'customer', command: { type: 'launch' as const, answers } }];
  const directory = sampleDirectory(configuration);
  const calendars = compileCalendars(configuration, shippedBankHolidays);
  const { state } = playCase(compileWorkflow({ configuration }, workflow), calendars, { answers, commands, directory });
  if (!state) throw new Error('expected a case');
  return state;
}

describe('what happens next', () => {
  it('names the first target and the target of the case', () => {
    // 1 working day after Monday; 84 calendar days end on Easter Monday, closed, so at its midnight.
    expect(nextSteps(launched('HP', '2027-01-04T10:00:00Z', {}), 'Europe/London')).toEqual([
      { text: 'We have opened a case. An officer will contact you.' },
      { text: 'We take the first step by', on: '2027-01-05' },
      { text: 'We plan to have finished by', on: '2027-03-29' },
    ]);
  });

  it('names what the law sets', () => {
    // Hazard on a Friday afternoon: 4 hours round the clock, 10 working days, 119 calendar days.
    expect(nextSteps(launched('HZ', '2027-01-08T16:00:00Z', {}), 'Europe/London').slice(1)).toEqual([
      { text: 'We take the first step by', on: '2027-01-08' },
      { text: expect.stringMatching(/: the law gives us until$/), on: '2027-01-22' },
      { text: 'We plan to have finished by', on: '2027-05-07' },
    ]);
  });
});
