import { findingCatalogue } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { type Io, UsageError } from './io.ts';
import { bodyOf, connect } from './server-connection.ts';

/** `lintel explain finding CODE` or `lintel explain case ID --url URL`: what a finding means, or why a case is as it is. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--url'], ['--json']);
  const [what, name] = words;
  if (name === undefined || (what !== 'finding' && what !== 'case'))
    throw new UsageError('usage: lintel explain finding CODE [--json] | lintel explain case ID --url URL [--json]');
  return what === 'finding'
    ? explainFinding(name, flags.has('--json'), io)
    : explainCase(name, options.get('--url'), flags.has('--json'), io);
}

function explainFinding(code: string, json: boolean, io: Io): number {
  const catalogue = findingCatalogue();
  const found = catalogue.find((one) => one.code === code.toUpperCase());
  if (!found) {
    const near = catalogue
      .filter((one) => one.code.includes(code.toUpperCase().split('_')[0] ?? ''))
      .map((one) => one.code);
    throw new UsageError(`there is no finding ${code}${near.length > 0 ? `; there are ${near.join(', ')}` : ''}`);
  }
  if (json) io.print(JSON.stringify(found));
  else
    io.print(
      [
        `${found.code} (${found.severity}, ${found.kind === 'any' ? 'any document' : found.kind})`,
        found.means,
        found.cure,
        ...(found.fixed ? ['The problems panel offers a fix at a click.'] : []),
        ...(found.shown ? [`It comes with a counterexample: ${found.shown}.`] : []),
      ].join('\n'),
    );
  return 0;
}

async function explainCase(id: string, url: string | undefined, json: boolean, io: Io): Promise<number> {
  const server = connect(url);
  const page = bodyOf(await server.call('GET', `/v1/cases/${encodeURIComponent(id)}`), `case ${id}`);
  const timeline = bodyOf(
    await server.call('GET', `/v1/cases/${encodeURIComponent(id)}/timeline`),
    `timeline of ${id}`,
  );
  if (json) {
    io.print(
      JSON.stringify({
        case: page.case,
        tasks: page.tasks,
        clocks: page.clocks,
        allowed: page.allowed,
        timeline: timeline.entries,
      }),
    );
    return 0;
  }
  io.print(`${page.case.reference}: ${page.case.title}, release ${page.case.release}, ${page.case.status}`);
  for (const task of page.tasks as {
    id: string;
    title: string;
    state: string;
    dueAt: number | null;
    owner: string | null;
  }[])
    io.print(
      `  ${task.id} ${task.title}: ${task.state}${dueText(task.dueAt)}${task.owner === null ? '' : `, ${task.owner}`}`,
    );
  for (const entry of (timeline.entries ?? []) as { at: number; text: string }[])
    io.print(`  ${isoText(entry.at)} ${entry.text}`);
  return 0;
}

function dueText(at: number | null): string {
  return at === null ? '' : `, due ${isoText(at)}`;
}

function isoText(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000Z', 'Z');
}
