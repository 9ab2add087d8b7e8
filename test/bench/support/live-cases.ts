import { quantile, sleep } from './bench-service.ts';
import { LIFE_TASKS } from './case-life-configuration.ts';

/** A runtime in which the benchmark lives cases: Lintel, or one that it is measured against. */
export interface Runtime {
  /** Launches a case and answers its id once that is durable. */
  launch(name: string, n: number): Promise<string>;
  /** Completes a task; answers the durable events of the case so far, or null while the case still waits for its second. */
  complete(id: string, task: string, name: string): Promise<number | null>;
  /** Answers once the case is over, with its durable events. */
  close(id: string): Promise<number>;
  usage(question: 'usage' | 'reset'): Promise<{ cpuMs: number; rssMb: number; loopDelayP99Ms?: number }>;
  stop(): Promise<void>;
}

export interface Load {
  hands: number;
  warmSeconds: number;
  seconds: number;
}

/** What `bench:case-life` prints; CPU is that of all processes of the runtime with all their threads. */
export type Figures = Record<string, number>;

/**
 * Lives cases in a closed loop: each hand launches one, completes its ten tasks, waits out one durable second before the
 * sixth, and begins again. Counts only what is done between the warm-up and the end.
 */
export async function liveCases(runtime: Runtime, { hands, warmSeconds, seconds }: Load): Promise<Figures> {
  const times: number[] = [];
  let [isMeasured, isOver, cases, events] = [false, false, 0, 0];
  const working = Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
  // A hand that fails ends the measuring at once; the others end with it.
  const failed = working.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => {
      throw error;
    },
  );
  await Promise.race([sleep(warmSeconds * 1000), failed]);
  const before = await runtime.usage('reset');
  const from = performance.now();
  isMeasured = true;
  await Promise.race([sleep(seconds * 1000), failed]);
  isMeasured = false;
  const took = (performance.now() - from) / 1000;
  const after = await runtime.usage('usage');
  isOver = true;
  const [doneCases, doneEvents] = [cases, events];
  await working;
  return {
    casesPerSecond: Number((doneCases / took).toFixed(1)),
    eventsPerSecond: Number((doneEvents / took).toFixed(0)),
    requestsPerSecond: Number((times.length / took).toFixed(0)),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMsPerCase: Number(((after.cpuMs - before.cpuMs) / doneCases).toFixed(2)),
    rssMb: Number(after.rssMb.toFixed(0)),
    ...(after.loopDelayP99Ms === undefined ? {} : { loopDelayP99Ms: Number(after.loopDelayP99Ms.toFixed(1)) }),
    eventsPerCase: Number((doneEvents / doneCases).toFixed(1)),
    seconds: Number(took.toFixed(1)),
    hands,
  };

  async function work(hand: number): Promise<void> {
    await sleep((hand / hands) * Math.min(2000, warmSeconds * 300));
    for (let n = 0; !isOver; n++) {
      const told = await liveCase(runtime, `h${hand}-${n}`, n, { timed });
      if (isMeasured) {
        cases++;
        events += told;
      }
    }
  }

  async function timed<T>(call: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const answer = await call();
    if (isMeasured) times.push(performance.now() - start);
    return answer;
  }
}

interface Manner {
  /** Makes each call. */
  timed?: <T>(call: () => Promise<T>) => Promise<T>;
  /** Milliseconds after each task. */
  breath?: number;
}

/**
 * Lives one case from its launch to its end; answers its durable events. While the durable second is not over, the case says
 * so and is asked again.
 */
export async function liveCase(runtime: Runtime, name: string, n: number, manner: Manner = {}): Promise<number> {
  const { timed = (call) => call(), breath = 0 } = manner;
  const id = await timed(() => runtime.launch(name, n));
  for (const task of LIFE_TASKS) {
    if (task === 't06') await sleep(1000);
    for (let attempt = 0; ; attempt++) {
      if ((await timed(() => runtime.complete(id, task, `${name}-${task}-${attempt}`))) !== null) break;
      if (attempt === 100) throw new Error(`${task} of ${id} was refused a hundred times`);
      await sleep(100);
    }
    if (breath > 0) await sleep(breath);
  }
  return runtime.close(id);
}
