import { describe, expect, it } from 'vitest';
import {
  compileCalendars,
  planWorkflow,
  shippedBankHolidays,
  writeWorkflowFile,
} from '../../../../runtime/engine/index.ts';
import { alteredHousing } from '../../../support/configuration.ts';

const START = '2027-01-04';
const stampedAt = '2026-11-21T10:20:30Z';
const title =
  'Ask, listen; write\\note — äöü €€€ 🏠🏠🏠 and go on with more words until the line must be folded twice over, surely';
const configuration = alteredHousing((draft) => {
  const task = draft.task['HP01'];
  if (task) task.title = title;
  for (const node of Object.values(draft.workflow['HP']?.nodes ?? {})) delete node.title;
});
const planned = planWorkflow(configuration, 'HP', START, compileCalendars(configuration, shippedBankHolidays));
if (!planned.ok) throw new Error('expected HP to have a plan');
const calendars = compileCalendars(configuration, shippedBankHolidays);
const { text } = writeWorkflowFile(configuration, 'HP', 'ics', { start: START, stampedAt, calendars });
const unfolded = text.replaceAll('\r\n ', '').split('\r\n');

describe('due dates as a calendar file (RFC 5545)', () => {
  it('has one whole day for every planned task, on the day it is due', () => {
    const starts = unfolded.filter((line) => line.startsWith('DTSTART')).map((line) => line.slice(-8));
    expect(starts).toEqual(Object.values(planned.plan.tasks).map(({ finish }) => finish.replaceAll('-', '')));
    expect(unfolded.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(starts.length);
  });

  it('is folded at 75 octets without cutting a letter, every line ended by CRLF', () => {
    const bytes = new TextEncoder();
    for (const line of text.split('\r\n')) expect(bytes.encode(line).length).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('escapes what means something in such a file', () => {
    const escaped = title.replaceAll('\\', '\\\\').replaceAll(',', '\\,').replaceAll(';', '\\;');
    expect(unfolded).toContain(`SUMMARY:Due: ${escaped}`);
  });

  it('gives a task of a plan the same name each time, and no two the same', () => {
    const uids = unfolded.filter((line) => line.startsWith('UID:'));
    expect(uids).toContain('UID:HP.HP01.2027-01-04@lintel');
    expect(new Set(uids).size).toBe(uids.length);
    expect(unfolded).toContain('DTSTAMP:20261121T102030Z');
  });
});
