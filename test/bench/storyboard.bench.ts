// Prints what the storyboard of 60 days costs beside its limit, for each shipped ladder and for a whole workflow. Run: npx tsx test/bench/storyboard.bench.ts
import { shippedBankHolidays } from '../../runtime/engine/calendar/bank-holidays.ts';
import { fromIsoText } from '../../runtime/engine/calendar/iso.ts';
import { compileCalendars } from '../../runtime/engine/plan/calendars.ts';
import { sampleDirectory } from '../../runtime/engine/simulate/case.ts';
import { SAMPLE_KEY, withSampleItem } from '../../runtime/engine/simulate/sample-item.ts';
import { tellStory } from '../../runtime/engine/simulate/storyboard.ts';
import { loadHousing } from '../support/configuration.ts';

const LIMIT_MS = 200;
const RUNS = 20;
const { configuration } = loadHousing();
const calendars = compileCalendars(configuration, shippedBankHolidays);
const directory = sampleDirectory(configuration);
const startedAt = fromIsoText('2026-12-17T10:00:00Z');
const script = { startedAt, until: startedAt + 60 * 86_400, directory };

function ladderStory(key: string): number {
  const ladder = configuration.ladder[key];
  if (!ladder) throw new Error(`there is no ladder ${key}`);
  const item = {
    title: 'Sample',
    sla: {
      target: { value: 5, unit: 'workingDays' as const },
      amber: { before: { value: 1, unit: 'workingDays' as const } },
    },
    calendar: 'england-and-wales',
    owner: 'hoo-1',
    team: 'HOO',
  };
  return tellStory(withSampleItem(configuration, ladder, item), SAMPLE_KEY, calendars, script).messages.length;
}

const stories: [string, () => number][] = [
  ...Object.keys(configuration.ladder).map((key): [string, () => number] => [key, () => ladderStory(key)]),
  ['whole workflow HP', () => tellStory(configuration, 'HP', calendars, script).messages.length],
];

let isWithin = true;
for (const [name, tell] of stories) {
  const began = performance.now();
  const messages = tell();
  const first = performance.now() - began;
  const times = Array.from({ length: RUNS }, () => {
    const at = process.cpuUsage();
    tell();
    const { user, system } = process.cpuUsage(at);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  const median = times[Math.floor(RUNS / 2)] ?? 0;
  isWithin &&= median < LIMIT_MS;
  process.stdout.write(
    `storyboard of 60 days, ${name}: ${messages} messages, median ${median.toFixed(1)} CPU ms, first ${first.toFixed(0)} ms by the clock (limit ${LIMIT_MS} ms)\n`,
  );
}
process.exitCode = isWithin ? 0 : 1;
