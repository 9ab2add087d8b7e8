import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDocument } from '../../schemas/settings.ts';
import type { Analyst } from '../support/analyst.ts';
import { newBareConfiguration, readHpPlan } from '../support/hp-plan.ts';
import { keyboardAnalyst } from '../support/keyboard-analyst.ts';
import { mouseAnalyst } from '../support/mouse-analyst.ts';
import { countPointerEvents } from '../support/studio-driver.ts';
import { openStudioSession, type StudioSession, takesLongWalks } from '../support/studio-session.ts';

const areas = {
  questions: { slug: 'questions', title: 'Questions and topics', one: 'question' },
  forms: { slug: 'forms', title: 'Forms', one: 'form' },
  workflows: { slug: 'workflows', title: 'Workflows', one: 'workflow' },
  advice: { slug: 'advice', title: 'Advice', one: 'statement' },
};
/** Questions that other forms will ask too, and so go into the library first. */
const shared = ['children', 'pregnant', 'status'];
const plan = readHpPlan();

let session: StudioSession;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = newBareConfiguration();
  session = await openStudioSession(['--configuration', folder]);
  page = session.page;
});

afterAll(async () => {
  await session?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const ways = [
  {
    // Longer rules as text, the others clause by clause.
    who: 'a mouse',
    analyst: () => mouseAnalyst(page, plan),
    asText: ['HP1', 'HP2', 'leave_by'],
  },
  {
    who: 'a keyboard alone',
    analyst: () => keyboardAnalyst(page, session.product.origin, plan),
    asText: ['G3', 'leave_by'],
  },
];

describe.each(takesLongWalks ? ways : ways.slice(0, 1))(
  'an analyst with $who, from an empty page',
  ({ who, analyst, asText }) => {
    let hands: Analyst;
    beforeAll(async () => {
      await emptyDraft();
      hands = analyst();
      if (who !== 'a mouse') await countPointerEvents(page);
    });

    it('puts questions that other forms will ask into the library', async () => {
      for (const question of plan.questions.filter(({ key }) => shared.includes(key))) {
        await hands.addDocument(areas.questions, question.label, question.key);
        await hands.fillInQuestion(question);
      }
    });

    it('makes the form: its questions with their options, and when the exceptions are asked', async () => {
      await hands.addDocument(areas.forms, 'Homelessness prevention', 'HP');
      for (const question of plan.questions) {
        if (shared.includes(question.key)) await hands.takeFromLibrary(question);
        else await hands.addQuestion(question, asText.includes(question.key));
      }
    });

    it('gives it to a workflow', async () => {
      await hands.addDocument(areas.workflows, 'Prevention duty', 'HP');
      await hands.giveForm('Homelessness prevention', 'Prevention duty (HP)');
    });

    it.each(plan.statements)('writes statement $key with its rule', async (statement) => {
      await hands.addDocument(areas.advice, statement.title, statement.key);
      await hands.fillInStatement(statement, asText.includes(statement.key));
    });

    it('opens the preview of what comes of it', () => hands.openPreview());

    it.each(plan.households)(
      'reads the pack that is expected for “$name” and keeps it as a test',
      async (household) => {
        await hands.answer(household);
        await expect.poll(keysOfPack).toEqual(household.expected);
        await hands.saveTest(household.name);
      },
    );

    it('has them all green beside the preview, as the cases are', async () => {
      await page.getByText(`All ${plan.households.length} pass`).waitFor();
      await page.getByText('Saved', { exact: true }).waitFor();
      expect(await readTests()).toEqual(plan.households);
    });

    it('met no error, and without a mouse touched none', async () => {
      expect(session.mistakes).toEqual([]);
      if (who !== 'a mouse') expect(await page.evaluate('window.pointerEvents')).toBe(0);
    });
  },
);

/** Keys of the statements in the pack of the preview, as they stand. */
function keysOfPack(): Promise<string[]> {
  return page
    .locator('article[data-fires=true]')
    .evaluateAll((cards) => cards.map((card) => card.querySelector('h4 + span')?.textContent ?? ''));
}

type Documents = Record<string, Record<string, { document: TestDocument; revision: number }>>;

async function readDraft(): Promise<Documents> {
  const response = await page.request.get(`${session.product.origin}/v1/drafts/main/configuration`);
  return ((await response.json()) as { documents: Documents }).documents;
}

/** The households as they were saved, in the form of the cases. */
async function readTests() {
  const { test = {} } = await readDraft();
  return plan.households.map(({ name }) => {
    const saved = Object.values(test).find(({ document }) => document.title === name)?.document;
    return {
      name,
      asAt: saved?.asAt,
      workflow: saved?.workflow,
      answers: saved?.answers,
      expected: saved?.expect?.statements,
    };
  });
}

/** Takes out what the one before has made: everybody begins with an empty page. */
async function emptyDraft(): Promise<void> {
  const documents = await readDraft();
  for (const kind of ['test', 'advice', 'workflow', 'form', 'question'])
    for (const [key, { revision }] of Object.entries(documents[kind] ?? {}))
      await page.request.delete(`${session.product.origin}/v1/drafts/main/documents/${kind}/${key}`, {
        headers: { 'if-match': String(revision), origin: session.product.origin },
      });
}
