// Prints what checking a large configuration costs, whole and after one edit, beside its limits and beside parsing the same
// documents from JSON in the same run (R1). Run: npx tsx test/bench/check.bench.ts
import { readConfigurationFolder } from '../../runtime/cli/configuration-folder.ts';
import { createChecker } from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { largeConfiguration } from './support/large-configuration.ts';

const WHOLE_LIMIT_MS = 2000;
const EDIT_LIMIT_MS = 100;
const EDITS = 20;
const from = '2026-11-21';

const shipped = readConfigurationFolder('configurations/housing-england').configuration;
const large = largeConfiguration(shipped, 100);
const count = (kind: keyof Configuration) => Object.keys(large[kind]).length;
const text = JSON.stringify(large);
console.log(
  `${count('workflow')} workflows, ${count('task')} tasks, ${count('advice')} statements, ${(text.length / 1e6).toFixed(1)} MB`,
);

const parsed = middle(Array.from({ length: 5 }, () => timeOf(() => JSON.parse(text)).processor));
const checker = createChecker({ from });
let findings = 0;
const whole = timeOf(() => {
  findings = checker.check(large).length;
});
report('whole', whole, WHOLE_LIMIT_MS, `${findings} findings`);

const [workflow, other] = Object.values(large.workflow);
if (!workflow || !other) throw new Error('the large configuration has no workflows');
const [task] = Object.values(large.task);
const [statement] = Object.values(large.advice);
const [form] = Object.values(large.form);
const edits: Record<string, (n: number) => Configuration> = {
  'a lag of a workflow': (n) => {
    const [link = ''] = Object.keys(workflow.links);
    const lag = { value: 1 + (n % 3), unit: 'workingDays', basis: 'working' };
    const links = { ...workflow.links, [link]: { ...workflow.links[link], lag } };
    return withDocument('workflow', { ...workflow, links } as typeof workflow);
  },
  'a rule of a workflow': (n) => {
    const [rule = ''] = Object.keys(other.adviceRules);
    const adviceRules = {
      ...other.adviceRules,
      [rule]: {
        ...other.adviceRules[rule],
        source: `edit ${n}`,
        when: n % 2 ? undefined : other.adviceRules[rule]?.when,
      },
    };
    return withDocument('workflow', { ...other, adviceRules } as typeof other);
  },
  'the title of a task': (n) => withDocument('task', { ...task, title: `Edited ${n}` } as NonNullable<typeof task>),
  'the words of a statement': (n) =>
    withDocument('advice', { ...statement, body: `Edited ${n}.` } as NonNullable<typeof statement>),
  'the title of a form': (n) => withDocument('form', { ...form, title: `Edited ${n}` } as NonNullable<typeof form>),
};
for (const [name, edit] of Object.entries(edits)) {
  const times = Array.from({ length: EDITS }, (_, n) => {
    const changed = edit(n);
    return timeOf(() => checker.check(changed));
  });
  const slowest = times.reduce((a, b) => (waited(b) > waited(a) ? b : a));
  report(`after an edit of ${name}`, slowest, EDIT_LIMIT_MS, `middle ${middle(times.map(waited)).toFixed(0)} ms`);
}

function withDocument(kind: keyof Configuration, document: { key: string }): Configuration {
  return { ...large, [kind]: { ...large[kind], [document.key]: document } };
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

interface Time {
  readonly elapsed: number;
  /** Of all threads: the compiler works beside the check. */
  readonly processor: number;
}

/** Milliseconds that work takes. */
function timeOf(work: () => unknown): Time {
  const before = process.cpuUsage();
  const from = performance.now();
  work();
  const elapsed = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { elapsed, processor: (user + system) / 1000 };
}

/** What somebody with the machine to himself waits at most: the check is one thread, so neither can be less than that. */
function waited({ elapsed, processor }: Time): number {
  return Math.min(elapsed, processor);
}

function report(what: string, time: Time, limit: number, more: string): void {
  const taken = waited(time);
  console.log(
    `${what}: at most ${taken.toFixed(0)} ms (${time.elapsed.toFixed(0)} by the clock, ${time.processor.toFixed(0)} of all threads), ${(taken / limit).toFixed(2)} of the limit of ${limit} ms, ${(taken / parsed).toFixed(1)} times parsing its JSON (${parsed.toFixed(0)} ms), ${more}`,
  );
  if (taken > limit) process.exitCode = 1;
}
