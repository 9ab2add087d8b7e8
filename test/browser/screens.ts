import type { Page } from 'playwright-core';

/** One main screen: what it is, in a sentence, and how to come to it. */
export interface Screen {
  name: string;
  title: string;
  sentence: string;
  /** Below the origin. */
  path: string;
  /** Until it is all there; leaves the page as it is to be shown. */
  show: (page: Page) => Promise<unknown>;
  /** Taken on a phone too. */
  phone?: true;
  /** A page for customers has one scheme. */
  light?: true;
}

/** Until the page is there and its findings are known. */
const heading = async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const findings = page.getByRole('tab', { name: /^Findings/ });
  if ((await findings.count()) > 0) await page.getByRole('tab', { name: /^Findings \(\d/ }).waitFor();
  await page.getByText('Working it out').waitFor({ state: 'detached' });
};

/** The plan is drawn from the day of the expected schedules. */
const START = '2027-01-04';

export const screens: readonly Screen[] = [
  {
    name: 'designer',
    title: 'Workflow designer',
    sentence:
      'The homelessness prevention workflow as a drawing: critical path and float live on the cards, findings and the fields of the chosen task beside it.',
    path: '/studio/workflow/HP',
    show: async (page) => {
      await page.getByRole('tab', { name: 'Findings (0)' }).waitFor();
      await page.getByLabel('Plan from').fill(START);
      await page.locator('[data-node="HP05"]').focus();
      await page.getByLabel('Instructions').waitFor();
    },
  },
  {
    name: 'outline',
    title: 'Outline',
    sentence: 'The same workflow as a table, all of it editable by keyboard, predecessors as planners write them.',
    path: '/studio/workflow/HP?view=outline',
    show: (page) => page.getByRole('cell', { name: 'HP13' }).first().or(page.getByText('HP13').first()).waitFor(),
  },
  {
    name: 'timeline',
    title: 'Timeline',
    sentence: 'The plan in working days with bank holidays, float, the last day of the case and each statutory clock.',
    path: '/studio/workflow/HP?view=timeline',
    show: async (page) => {
      await page.getByLabel('Plan from').fill(START);
      await page.getByLabel('Plan from').blur();
      await page.getByText('HP13').first().waitFor();
    },
  },
  {
    name: 'source',
    title: 'Source',
    sentence: 'The document as text, with completion from the schemas and the same findings as the drawing.',
    path: '/studio/workflow/HP?view=source',
    show: (page) => page.locator('.monaco-editor .view-line').nth(15).waitFor(),
  },
  {
    name: 'play',
    title: 'Play',
    sentence: 'A virtual case of the drawing on the engine that the server runs, with its clock, tasks and messages.',
    path: '/studio/play/HP',
    show: async (page) => {
      await page
        .getByRole('button', { name: /^(Begin|Start|Launch|Play)/ })
        .first()
        .click();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'workflows',
    title: 'Library',
    sentence: 'Every maintenance area is a list with search, filters, effective dates, where-used and completeness.',
    path: '/studio/library/workflows',
    show: (page) => page.getByRole('link', { name: 'Homelessness prevention', exact: true }).waitFor(),
    phone: true,
  },
  {
    name: 'task',
    title: 'Task',
    sentence: 'A reusable task: targets, owners in order, fields, outcomes and who would get it.',
    path: '/studio/edit/task/HP05',
    show: heading,
  },
  {
    name: 'form',
    title: 'Form designer',
    sentence:
      'The whole way through a form on one page, exceptions beside the default route, the customer view beside it.',
    path: '/studio/edit/form/HP',
    show: heading,
  },
  {
    name: 'statement',
    title: 'Statement and its rules',
    sentence:
      'One statement of the advice bank with its rule as a tree, its law, reading age and what all answers come to.',
    path: '/studio/edit/advice/HP1',
    show: heading,
  },
  {
    name: 'preview',
    title: 'Advice preview',
    sentence: 'Answers on the left, the pack on the right, every statement with why, why not and what would change it.',
    path: '/studio/preview?workflow=HP',
    show: heading,
  },
  {
    name: 'ladder',
    title: 'Escalation ladder',
    sentence: 'Rungs on a time axis and a storyboard of every message with its real date, reader and words.',
    path: '/studio/edit/ladder/L-STD',
    show: heading,
  },
  {
    name: 'template',
    title: 'Template editor',
    sentence: 'A message with completed placeholders, shown as its reader sees it.',
    path: '/studio/edit/template/assigned',
    show: heading,
  },
  {
    name: 'calendar',
    title: 'Calendar editor',
    sentence: 'The week, the year with bank holidays and closures, and when something would be due.',
    path: '/studio/edit/calendar/england-and-wales',
    show: heading,
  },
  {
    name: 'worklist',
    title: 'Worklist',
    sentence: 'Tasks by urgency, with what is late, near its target, waiting or without an owner.',
    path: '/studio/worklist',
    show: heading,
    phone: true,
  },
  {
    name: 'case',
    title: 'Case',
    sentence: 'One case: its drawing with live states, targets and clocks in words, tasks, notes and messages.',
    path: '/studio/cases',
    show: async (page) => {
      await page
        .getByRole('link', { name: /^HP|LT|CASE|[A-Z]{2,}-/ })
        .first()
        .click();
      await page.getByRole('tab', { name: 'Drawing' }).click();
      await page.locator('[data-node]').first().waitFor();
    },
    phone: true,
  },
  {
    name: 'resource',
    title: 'Service resource',
    sentence: 'A course or place with its action plan, readiness, interests, matches and offers.',
    path: '/studio/resources',
    show: async (page) => {
      await page.getByRole('link', { name: 'Saving energy at home' }).click();
      await heading(page);
    },
  },
  {
    name: 'reports',
    title: 'SLA compliance',
    sentence: 'What was finished within its target, by workflow, task, team, owner and month, down to each item.',
    path: '/studio/reports',
    show: heading,
  },
  {
    name: 'publish',
    title: 'Publish',
    sentence:
      'Review, test and publish: what changed in sentences and on the drawing, and what it means for open cases.',
    path: '/studio/workflow/HP',
    show: async (page) => {
      await page.locator('[data-node="HP04"]').focus();
      await page.keyboard.press('F2');
      await page.locator('[data-node="HP04"]').getByLabel('Title').fill('Assess housing and support needs (s189A)');
      await page.keyboard.press('Enter');
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Publish' }).click();
      await page.getByRole('heading', { name: 'Publish', level: 1 }).waitFor();
      await page.getByText(/1 document differs/).waitFor();
    },
  },
  {
    name: 'start',
    title: 'Customers: start page',
    sentence: 'Where a customer begins, by topic; it works without scripts.',
    path: '/start',
    show: heading,
    light: true,
    phone: true,
  },
  {
    name: 'enquiry',
    title: 'Customers: one question a page',
    sentence: 'An enquiry form asks one question a page and ends with a pack of advice.',
    path: '/enquiry/HP',
    show: async (page) => {
      await page.getByRole('button', { name: 'Start now' }).click();
      await page.getByRole('button', { name: 'Continue' }).waitFor();
    },
    light: true,
    phone: true,
  },
];
