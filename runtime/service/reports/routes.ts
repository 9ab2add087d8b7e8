import { createRoute, z } from '@hono/zod-openapi';
import { Key, LocalDate } from '../../../schemas/ids.ts';
import { onlyVisible } from '../cases/visible.ts';
import { needs } from '../http/guards.ts';
import { createRouter, guarded, json } from '../http/openapi.ts';
import { slaCsv } from './sla-csv.ts';
import { keyOf, slaReport } from './sla-report.ts';

const query = z.object({
  of: z.enum(['case', 'task', 'clock']).default('task').describe('Targets of cases, of tasks, or statutory clocks.'),
  by: z.enum(['workflow', 'task', 'team', 'owner', 'month']).default('workflow'),
  workflow: Key.optional(),
  team: Key.optional(),
  from: LocalDate.optional().describe('First date, where the organisation is.'),
  to: LocalDate.optional().describe('Last date.'),
});
const counts = {
  met: z.number().int().describe('Ended in time.'),
  exceeded: z.number().int().describe('The deadline passed, ended or not.'),
  amber: z.number().int().describe('Running, in amber.'),
  onTrack: z.number().int().describe('Running, not in amber yet.'),
  completedWhilePaused: z.number().int(),
  paused: z.record(z.string(), z.number().int()).describe('Elapsed seconds by reason of the pause.'),
};
const standing = z.enum(['met', 'exceeded', 'amber', 'onTrack']);
const Item = z.object({
  id: z.string().describe('The case.'),
  reference: z.string(),
  workflow: z.string(),
  item: z.string(),
  key: z.string(),
  title: z.string(),
  owner: z.string().nullable(),
  team: z.string().nullable(),
  standing,
  on: LocalDate.describe('Date it counts on: when it was settled, today while it runs.'),
  completedWhilePaused: z.boolean(),
  paused: z.record(z.string(), z.number().int()),
});
const MOST_LISTED = 500;

/** Reports over many cases (W9). */
export const reportRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/reports/sla',
      summary: 'Targets met, in amber and exceeded, with paused time by reason (W9)',
      description:
        'A target counts on the day it was settled: when work ended in time, or when its deadline passed; one that runs counts today. Withdrawn targets and rights that lapsed are left out. Private cases are counted.',
      middleware: needs('read'),
      request: { query },
      responses: {
        200: json(
          z
            .object({
              zone: z.string(),
              now: z.number().int(),
              total: z.object(counts),
              groups: z.array(z.object({ key: z.string(), title: z.string(), ...counts })),
              months: z.array(z.object({ key: z.string(), ...counts })),
            })
            .openapi('SlaReport'),
          'The report.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { items: _items, ...report } = await slaReport(c.get('service').organisation, c.req.valid('query'));
      return c.json({ ...report, groups: [...report.groups], months: [...report.months] }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/reports/sla/items',
      summary: 'The targets behind a number of the report, with their cases',
      middleware: needs('read'),
      request: {
        query: query.extend({
          group: z.string().max(200).optional().describe('Key of a group; empty for what has none.'),
          standing: standing.optional(),
        }),
      },
      responses: {
        200: json(
          z.object({ total: z.number().int(), items: z.array(Item) }),
          'The first 500 of them; private cases are not listed to those who may not see them.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { group, standing: wanted, ...asked } = c.req.valid('query');
      const { items } = await slaReport(c.get('service').organisation, asked);
      const found = items.filter(
        (item) =>
          (group === undefined || keyOf(item, asked.by) === group) &&
          (wanted === undefined || item.standing === wanted),
      );
      const seen = await onlyVisible(
        c,
        found.map(({ caseId, group: _group, settledAt: _settled, wasPaused: _paused, ...item }) => ({
          ...item,
          id: caseId,
          paused: { ...item.paused },
        })),
      );
      return c.json({ total: found.length, items: seen.slice(0, MOST_LISTED) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/reports/sla.csv',
      summary: 'The report as a table, with its filter and time written in the file (W8)',
      middleware: needs('read'),
      request: { query },
      responses: {
        200: { description: 'The table.', content: { 'text/csv': { schema: z.string() } } },
        ...guarded,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query');
      const report = await slaReport(c.get('service').organisation, asked);
      return c.body(slaCsv(asked, report), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="sla-compliance.csv"',
      });
    },
  );
