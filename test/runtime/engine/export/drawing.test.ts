import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import {
  compileCalendars,
  shippedBankHolidays,
  type WorkflowFormat,
  workflowFormats,
  writeWorkflowFile,
} from '../../../../runtime/engine/index.ts';
import { alteredHousing } from '../../../support/configuration.ts';

const configuration = alteredHousing((draft) => {
  const task = draft.task['HP01'];
  if (task) task.title = 'Ask <script>alert("1")</script> & "listen"';
});
const calendars = compileCalendars(configuration, shippedBankHolidays);
const write = (format: WorkflowFormat, key = 'HP') =>
  writeWorkflowFile(configuration, key, format, { start: '2027-01-04', stampedAt: '2026-11-21T00:00:00Z', calendars })
    .text;
const workflow = configuration.workflow['HP'];

describe('the drawing as a picture', () => {
  const svg = write('svg');

  it('is sound XML with every task and link, and stands alone', () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg) as { svg: { path: unknown[] } };
    expect(root.path).toHaveLength(Object.keys(workflow?.links ?? {}).length);
    for (const key of Object.keys(workflow?.nodes ?? {})) expect(svg).toContain(`>${key}`);
    expect(svg).not.toMatch(/<script|<image|href|url\(h|@import|<style/);
  });

  it('names the critical path in words, not by colour alone', () => {
    expect(svg).toMatch(/due 2027-\d\d-\d\d, critical/);
  });

  it('is the same bytes for the same document', () => expect(write('svg')).toBe(svg));
});

describe('the drawing as a flowchart', () => {
  it('has a line for every node and every link, and no quote that ends a label', () => {
    const lines = write('flowchart').split('\n');
    const links = lines.filter((line) => line.includes('-->'));
    expect(links).toHaveLength(Object.keys(workflow?.links ?? {}).length);
    expect(lines.filter((line) => /^ {2}n\d+[[({>]/.test(line))).toHaveLength(
      Object.keys(workflow?.nodes ?? {}).length,
    );
    for (const line of lines) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
  });
});

describe('every format', () => {
  it.each(workflowFormats)('can be written of every shipped workflow: %s', (format) => {
    for (const key of Object.keys(configuration.workflow)) expect(write(format, key).length).toBeGreaterThan(100);
  });

  it('says which workflow there is not', () => {
    expect(() => write('csv', 'NONE')).toThrow('there is no workflow "NONE"');
  });
});
