// How lists of 5,000 rows behave: `npx tsx test/bench/studio-lists.bench.ts`. Built studio, Chromium with software
// rendering; each list beside one of 50 rows in the same run, so that the load of the machine falls on both.
import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { ensureStudio } from '../../runtime/cli/fresh.js';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { serveStudio } from '../support/served-studio.ts';

const MANY = 5_000;
const FEW = 50;
const STEPS = 60;
/** A frame that takes longer than this is felt. */
const FRAME_MS = 50;
const WHEEL_PX = 120;

interface List {
  name: string;
  path: string;
  /** What the page asks for and gets its rows from, answered with so many. */
  answer: { path: string; of: (count: number) => (body: Record<string, unknown>) => Record<string, unknown> };
  search?: { label: string; text: string };
}

const titles = ['Rent arrears', 'Notice to quit', 'Damp and mould', 'Overcrowding', 'Adaptation', 'Transfer'];
const titleOf = (at: number) => `${titles[at % titles.length]} ${at}`;

/** Copies of the first document of a kind, each with a key of its own, beside what is there. */
function withDocuments(kind: AnyDocument['kind'], count: number) {
  return (body: Record<string, unknown>) => {
    const documents = body['documents'] as Record<string, Record<string, { document: AnyDocument; revision: number }>>;
    const [first] = Object.values(documents[kind] ?? {});
    if (!first) throw new Error(`the shipped configuration has no ${kind}`);
    const copies = Array.from({ length: count }, (_, at): [string, typeof first] => [
      `made-${at}`,
      { ...first, document: { ...first.document, key: `made-${at}`, title: titleOf(at) } as AnyDocument },
    ]);
    return { ...body, documents: { ...documents, [kind]: Object.fromEntries(copies) } };
  };
}

/** Copies of the first row of a list. */
function withRows(list: string, count: number, differ: (at: number) => object) {
  return (body: Record<string, unknown>) => {
    const [first = {}] = body[list] as Record<string, unknown>[];
    const rows = Array.from({ length: count }, (_, at) => ({ ...first, ...differ(at) }));
    return { ...body, [list]: rows, next: null };
  };
}

/** Which lists to measure, by a part of their name; all by default. */
const [only = ''] = process.argv.slice(2);
const draft = '/v1/drafts/main/configuration';
const lists: readonly List[] = [
  {
    name: 'tasks of the library',
    path: 'library/tasks',
    answer: { path: draft, of: (count) => withDocuments('task', count) },
    search: { label: 'Search tasks', text: 'mould' },
  },
  {
    name: 'statement bank',
    path: 'library/advice',
    answer: { path: draft, of: (count) => withDocuments('advice', count) },
    search: { label: 'Search advice', text: 'mould' },
  },
  {
    name: 'worklist',
    path: 'worklist',
    answer: {
      path: '/v1/worklist',
      of: (count) =>
        withRows('items', count, (at) => ({
          caseId: `case-${at}`,
          reference: `HP-${at}`,
          task: { ...worklistTask, id: `HP0${at}`, title: titleOf(at) },
        })),
    },
  },
  {
    name: 'resources',
    path: 'resources',
    answer: {
      path: '/v1/resources',
      of: (count) => withRows('resources', count, (at) => ({ ...resource, id: `r-${at}`, title: titleOf(at) })),
    },
    search: { label: 'Search resources', text: 'mould' },
  },
  {
    name: 'messages',
    path: 'messages',
    answer: {
      path: '/v1/messages',
      of: (count) => withRows('messages', count, (at) => ({ ...message, id: `m-${at}`, title: titleOf(at) })),
    },
  },
  {
    name: 'customers found',
    path: 'customers',
    answer: {
      path: '/v1/search',
      of: (count) => (body) => ({
        ...body,
        cases: [],
        customers: Array.from({ length: count }, (_, at) => ({ id: `c-${at}`, name: `Ada ${at}`, cases: 1 })),
      }),
    },
    search: { label: 'Search customers and cases', text: 'Ada' },
  },
];

const worklistTask = {
  node: 'HP02',
  state: 'active',
  slaState: 'onTrack',
  owner: null,
  group: 'HOO',
  activeAt: 1_795_424_400,
  amberAt: null,
  dueAt: 1_795_683_600,
  breachedAt: null,
  paused: false,
  occurrence: 1,
  mandatory: true,
};
const resource = {
  reference: 'RS-1',
  serviceType: 'TRAINING',
  life: 'planned',
  provision: 'dated',
  provider: 'direct',
  ready: false,
  planCase: 'case-1',
  revision: 1,
  isSample: false,
  inCatalogue: true,
  startsOn: '2027-01-11',
  endsOn: '2027-01-29',
  capacity: 8,
  offered: 0,
  taken: 0,
  createdAt: 1_795_424_400,
};
const message = {
  caseId: 'case-1',
  body: 'HP02 of HP-1 turns amber tomorrow.',
  urgent: false,
  createdAt: 1_795_424_400,
  readAt: null,
};

await ensureStudio();
const begunAt = Date.now();
const studio = await serveStudio();
try {
  // What answers the studio without a server would answer before the rows are put in.
  const page = await studio.open('ann', 'messages', ['administrator'], { serviceWorkers: 'block' });
  const origin = new URL(page.url()).origin;
  await page.getByRole('heading', { name: 'Messages' }).waitFor();
  for (const list of lists.filter(({ name }) => name.includes(only))) {
    const few = await measure(page, origin, list, FEW);
    const many = await measure(page, origin, list, MANY);
    tell(list.name, few, many);
  }
} finally {
  await studio.close();
}
const load = loadavg()[0]?.toFixed(1);
process.stdout.write(
  `done in ${Math.round((Date.now() - begunAt) / 1000)} s, load ${load} on ${cpus().length} cores\n`,
);
process.exit(0);

interface Measured {
  /** From the answer's arrival to the rows. */
  shownMs: number;
  /** Frames while the list is read: a notch of the wheel each. */
  reading: number[];
  /** Frames while the list is dragged from end to end: each shows rows that nobody saw before. */
  frames: number[];
  /** Rows that the page holds at once. */
  rows: number;
  typedMs: number | undefined;
}

async function measure(page: Page, origin: string, list: List, count: number): Promise<Measured> {
  const isAsked = ({ pathname }: URL) => pathname === list.answer.path;
  await page.route(isAsked, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: list.answer.of(count)(await response.json()) });
  });
  const begun = Date.now();
  await page.goto(`${origin}/studio/${list.path}`);
  if (list.path === 'customers' && list.search) await page.getByLabel(list.search.label).fill(list.search.text);
  await page
    .locator('main tbody tr:not([data-room])')
    .nth(FEW / 2)
    .waitFor();
  const shownMs = Date.now() - begun;
  const reading = await scroll(page, WHEEL_PX);
  const frames = await scroll(page);
  const rows = await page.locator('main tbody tr:not([data-room])').count();
  const typedMs = list.search && list.path !== 'customers' ? await type(page, list.search) : undefined;
  // Rows may be asked for again meanwhile: those answers are for nobody.
  await page.goto('about:blank');
  await page.unroute(isAsked);
  return { shownMs, reading, frames, rows, typedMs };
}

/** Scrolls the page from its top in steps, one a frame, by so much or else to its end; answers how long each frame took. */
function scroll(page: Page, byPx?: number): Promise<number[]> {
  return page.evaluate(
    async ({ steps, by }) => {
      const scroller = document.querySelector('main') ?? document.documentElement;
      const end = scroller.scrollHeight - scroller.clientHeight;
      const taken: number[] = [];
      let before = await new Promise<number>(requestAnimationFrame);
      for (let step = 1; step <= steps; step++) {
        scroller.scrollTop = Math.min(end, step * (by ?? end / steps));
        const now = await new Promise<number>(requestAnimationFrame);
        taken.push(now - before);
        before = now;
      }
      return taken;
    },
    { steps: STEPS, by: byPx },
  );
}

/** The longest from a letter to the list that follows it. */
async function type(page: Page, { label, text }: { label: string; text: string }): Promise<number> {
  await page.getByLabel(label).focus();
  await page.evaluate(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    window.addEventListener(
      'keydown',
      () => {
        const at = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => heard.push(performance.now() - at)));
      },
      true,
    );
  });
  for (const [at, letter] of [...text].entries()) {
    await page.keyboard.press(letter);
    await page.waitForFunction((seen) => (window as unknown as { heard: number[] }).heard.length > seen, at);
  }
  return Math.max(...(await page.evaluate(() => (window as unknown as { heard: number[] }).heard)));
}

function tell(name: string, few: Measured, many: Measured): void {
  const at = (frames: readonly number[], share: number) =>
    [...frames].sort((a, b) => a - b)[Math.min(frames.length - 1, Math.floor(frames.length * share))] ?? 0;
  const [a, b] = [at(few.frames, 0.95), at(many.frames, 0.95)];
  const slow = many.frames.filter((ms) => ms > FRAME_MS).length;
  process.stdout.write(
    `${name}: ${MANY} rows shown in ${many.shownMs} ms (${FEW}: ${few.shownMs}), ${many.rows} held at once; ` +
      `${perSecond(many.reading)} frames/s read by the wheel (${FEW}: ${perSecond(few.reading)}), ` +
      `${perSecond(many.frames)} dragged through: a frame ${at(many.frames, 0.5).toFixed(1)} ms in the middle, ${b.toFixed(1)} ms at 95 % ` +
      `(${FEW}: ${a.toFixed(1)}, ratio ${(b / Math.max(a, 1)).toFixed(2)}), ${slow} of ${STEPS} over ${FRAME_MS} ms` +
      `${many.typedMs === undefined ? '' : `; a letter of search ${many.typedMs.toFixed(0)} ms (${FEW}: ${few.typedMs?.toFixed(0)})`}\n`,
  );
}

function perSecond(frames: readonly number[]): string {
  return ((frames.length * 1000) / frames.reduce((sum, ms) => sum + ms, 0)).toFixed(0);
}
