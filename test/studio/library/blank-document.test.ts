import { describe, expect, it } from 'vitest';
import type { CalendarDocument } from '../../../schemas/calendar.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { blankDocument } from '../../../studio/library/blank-document.ts';
import { loadHousing } from '../../support/configuration.ts';

const calendar = (key: string, alwaysOpen = false): CalendarDocument => ({
  kind: 'calendar',
  format: 1,
  key,
  title: key,
  zone: 'Europe/London',
  weekly: {},
  closed: {},
  openings: {},
  ...(alwaysOpen ? { alwaysOpen } : {}),
});
const empty = emptyConfiguration() as Configuration;
const always = { '24x7': calendar('24x7', true) };

function calendarOfNew(configuration: Configuration): string {
  return (blankDocument('workflow', 'NEW', 'New', undefined, configuration) as WorkflowDocument).calendar;
}

describe('the calendar of a new workflow', () => {
  it('is the one that most workflows keep', () => {
    const { configuration } = loadHousing();
    const used = Object.values(configuration.workflow).map((workflow) => workflow.calendar);
    const times = (key: string) => used.filter((one) => one === key).length;
    const found = calendarOfNew(configuration);
    expect(found).not.toBe('24x7');
    for (const key of Object.keys(configuration.calendar)) expect(times(found)).toBeGreaterThanOrEqual(times(key));
  });

  it('is one that closes at times while there is no workflow', () => {
    expect(calendarOfNew({ ...empty, calendar: { ...always, office: calendar('office') } })).toBe('office');
  });

  it('is the only one there is, even if it never closes', () => {
    expect(calendarOfNew({ ...empty, calendar: always })).toBe('24x7');
  });
});
