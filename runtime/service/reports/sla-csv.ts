import { csvCell } from '../../engine/index.ts';
import { type SlaQuery, type SlaReport, slaShare } from './sla-report.ts';

/** The groups of a report as a table a spreadsheet opens, with the filter and the time at its head (W8). */
export function slaCsv(query: SlaQuery, report: SlaReport): string {
  const reasons = Object.keys(report.total.paused).sort();
  const filter = [
    `targets of ${query.of}s by ${query.by}`,
    ...(query.workflow === undefined ? [] : [`workflow ${query.workflow}`]),
    ...(query.team === undefined ? [] : [`team ${query.team}`]),
    ...(query.from === undefined ? [] : [`from ${query.from}`]),
    ...(query.to === undefined ? [] : [`to ${query.to}`]),
  ].join('; ');
  const counts = ['met', 'exceeded', 'amber', 'onTrack', 'completedWhilePaused'] as const;
  const rows = [
    ['SLA compliance', filter],
    ['Written at', new Date(report.now * 1000).toISOString()],
    [],
    [query.by, 'title', ...counts, 'met in percent of settled', ...reasons.map((reason) => `paused hours: ${reason}`)],
    ...[...report.groups, { key: 'all', title: '', ...report.total }].map((group) => [
      group.key,
      group.title,
      ...counts.map((name) => String(group[name])),
      slaShare(group),
      ...reasons.map((reason) => ((group.paused[reason] ?? 0) / 3600).toFixed(1)),
    ]),
  ];
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
