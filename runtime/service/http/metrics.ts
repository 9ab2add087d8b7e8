import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { intOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import type { ServiceEnv } from '../service.ts';

const BUCKETS_MS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500];

interface RouteCount {
  count: number;
  sumMs: number;
  buckets: number[];
}

/** Counts of this process since its start, and what the database says now, in Prometheus text. */
export interface Metrics {
  /** Counts an answered request that took so many milliseconds. */
  count(c: Context<ServiceEnv>, took: number): void;
  /** Adds to a counter by its full name. */
  add(name: string, by?: number): void;
  text(organisation: Organisation, more: Readonly<Record<string, number>>): Promise<string>;
  stop(): void;
}

export function createMetrics(): Metrics {
  const routes = new Map<string, RouteCount>();
  const counters = new Map<string, number>();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return {
    count(c, took) {
      const name = labelsOf(c);
      let route = routes.get(name);
      if (!route) {
        route = { count: 0, sumMs: 0, buckets: BUCKETS_MS.map(() => 0) };
        routes.set(name, route);
      }
      route.count++;
      route.sumMs += took;
      // From the longest down: what is slower than one is slower than all before it.
      for (let index = BUCKETS_MS.length - 1; index >= 0 && took <= (BUCKETS_MS[index] ?? 0); index--)
        route.buckets[index] = (route.buckets[index] ?? 0) + 1;
    },
    add(name, by = 1) {
      counters.set(name, (counters.get(name) ?? 0) + by);
    },
    async text(organisation, more) {
      const lines = [...requestLines(routes), ...counterLines(counters)];
      const gauges = {
        ...more,
        lintel_event_loop_delay_p99_seconds: delay.percentile(99) / 1e9,
        lintel_resident_memory_bytes: process.memoryUsage().rss,
        ...(await readGauges(organisation)),
      };
      for (const [name, value] of Object.entries(gauges)) lines.push(...gaugeLines(name, value));
      for (const [name, value] of Object.entries(organisation.pump.counts))
        lines.push(
          `# TYPE lintel_commit_${name} ${name === 'queued' ? 'gauge' : 'counter'}`,
          `lintel_commit_${name} ${value}`,
        );
      delay.reset();
      return `${lines.join('\n')}\n`;
    },
    stop: () => void delay.disable(),
  };
}

/** The route's pattern, never the path: ids would make a series each. */
function labelsOf(c: Context<ServiceEnv>): string {
  const route = routePath(c, -1).replaceAll('"', '');
  return `method="${c.req.method}",route="${route}",status="${c.res.status}"`;
}

function requestLines(routes: ReadonlyMap<string, RouteCount>): string[] {
  const lines = ['# TYPE lintel_http_requests_total counter', '# TYPE lintel_http_request_seconds histogram'];
  for (const [labels, { count, sumMs, buckets }] of routes) {
    lines.push(`lintel_http_requests_total{${labels}} ${count}`);
    for (const [index, most] of BUCKETS_MS.entries())
      lines.push(`lintel_http_request_seconds_bucket{${labels},le="${most / 1000}"} ${buckets[index]}`);
    lines.push(`lintel_http_request_seconds_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`lintel_http_request_seconds_sum{${labels}} ${(sumMs / 1000).toFixed(6)}`);
    lines.push(`lintel_http_request_seconds_count{${labels}} ${count}`);
  }
  return lines;
}

function counterLines(counters: ReadonlyMap<string, number>): string[] {
  return [...counters].flatMap(([name, value]) => [`# TYPE ${name.split('{')[0]} counter`, `${name} ${value}`]);
}

function gaugeLines(name: string, value: number): string[] {
  return [`# TYPE ${name.split('{')[0]} gauge`, `${name} ${value}`];
}

async function readGauges({ database, clock }: Organisation): Promise<Record<string, number>> {
  const now = clock.now();
  const one = async (sql: string, args: number[] = []) => {
    const [row] = await database.query(sql, args);
    return row && row.n !== null ? intOf(row, 'n') : 0;
  };
  const states = await database.query(
    "SELECT COALESCE(sla_state, 'none') AS state, COUNT(*) AS n FROM cases WHERE closed_at IS NULL GROUP BY 1",
  );
  const oldest = await one("SELECT MIN(not_before) AS n FROM outbox WHERE state IN ('pending', 'sending')");
  const firstLate = await one('SELECT MIN(wake_at) AS n FROM cases WHERE wake_at <= ?', [now]);
  return {
    lintel_timers_due: await one('SELECT COUNT(*) AS n FROM cases WHERE wake_at <= ?', [now]),
    lintel_timers_late_seconds: firstLate === 0 ? 0 : now - firstLate,
    lintel_outbox_waiting: await one("SELECT COUNT(*) AS n FROM outbox WHERE state IN ('pending', 'sending')"),
    lintel_outbox_lag_seconds: oldest === 0 ? 0 : Math.max(0, now - oldest),
    lintel_outbox_failed: await one("SELECT COUNT(*) AS n FROM outbox WHERE state = 'failed'"),
    lintel_incidents_open: await one('SELECT COUNT(*) AS n FROM incidents WHERE closed_at IS NULL'),
    ...Object.fromEntries(states.map((row) => [`lintel_cases_open{sla="${String(row.state)}"}`, intOf(row, 'n')])),
  };
}
