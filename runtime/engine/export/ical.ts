import type { Configuration } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { addDays } from '../calendar/dates.ts';
import type { WorkflowPlan } from '../plan/plan.ts';
import { titleOf } from './workflow-plan.ts';

/** Due dates of a planned workflow as a calendar of whole days (RFC 5545); the same task of the same plan has the same UID for ever. `stampedAt` is `YYYY-MM-DDTHH:MM:SSZ`. */
export function writeICal(
  configuration: Configuration,
  key: string,
  plan: WorkflowPlan,
  { start, stampedAt }: { start: LocalDate; stampedAt: string },
): string {
  const workflow = configuration.workflow[key];
  const stamp = stampedAt.replaceAll(/[-:]|\.\d+/g, '');
  const events = Object.entries(plan.tasks).flatMap(([node, { finish, critical }]) => {
    const drawn = workflow?.nodes[node];
    const title = drawn ? titleOf(configuration, { ...drawn, key: node }) : node;
    return [
      'BEGIN:VEVENT',
      `UID:${key}.${node}.${start}@lintel`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${basicDate(finish)}`,
      `DTEND;VALUE=DATE:${basicDate(addDays(finish, 1))}`,
      `SUMMARY:${escapeText(`Due: ${title}`)}`,
      `DESCRIPTION:${escapeText(`${node} of ${workflow?.title ?? key}, planned from ${start}.${critical ? ' On the critical path.' : ''}`)}`,
      `CATEGORIES:${escapeText(workflow?.title ?? key)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lintel//Due dates//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(workflow?.title ?? key)}`,
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function basicDate(date: LocalDate): string {
  return date.replaceAll('-', '');
}

/** Backslash, comma, semicolon and line ends are written with a backslash (RFC 5545 3.3.11). */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n');
}

const MOST_OCTETS = 75;

/** Lines of at most 75 octets, never cut inside a letter (RFC 5545 3.1). */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = octetsOf(letter);
    if (octets + size > MOST_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}

/** Octets of a letter in UTF-8. */
function octetsOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
}
