// Publishing as people meet it: a race, a restore, open cases that move and one that cannot, a start later on,
// a second approver by keyboard alone, and the report. One service and one browser for all, in this order.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersFor, MONDAY } from '../runtime/service/support/service.ts';
import { findBarriers } from '../support/axe.ts';
import { type ServedStudio, serveStudio } from '../support/served-studio.ts';
import { countPointerEvents, tabTo } from '../support/studio-driver.ts';

let studio: ServedStudio;
/** Reference of the case that is worked on and cannot move. */
let worked = '';

beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(() => studio?.close());

const get = async (path: string) => (await studio.test.call('GET', path)).body;
const newest = async (): Promise<number> => (await get('/v1/releases')).releases[0].number;

/** Writes the note on the last step, and ticks that warnings were read where there are any. */
async function writeNote(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: /Note and publish/ }).click();
  await page.getByLabel('What this release changes').fill(note);
  await acceptWarnings(page);
}

async function acceptWarnings(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Still checking.' }).waitFor({ state: 'detached' });
  const accept = page.getByLabel(/^I have read/);
  if ((await accept.count()) > 0) await accept.check();
}

describe('publishing in the studio', () => {
  it('tells who published too late that the draft changed, keeps the note and shows the way on', async () => {
    await studio.change('agency/SHELTER', { hours: 'All day' });
    const page = await studio.open('ann', 'publish');
    await page.getByText('1 document differs from release 1').waitFor();
    await writeNote(page, 'Longer hours');
    await studio.change('agency/NDAH', { hours: 'At night' });
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'The draft changed since you looked at it' }).waitFor();
    expect(await newest()).toBe(1);
    await page.getByRole('button', { name: 'Look at the draft as it is now' }).click();
    await page.getByText('2 documents differ from release 1').waitFor();
    await page.getByRole('button', { name: /Note and publish/ }).click();
    await expect.poll(() => page.getByLabel('What this release changes').inputValue()).toBe('Longer hours');
    await acceptWarnings(page);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Release 2 is live').waitFor();
    await page.context().close();
  });

  it('restores an old release as a new one', async () => {
    const page = await studio.open('ann', 'releases');
    await page.getByRole('button', { name: 'Restore release 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Restores 1').waitFor();
    const { releases } = await get('/v1/releases');
    const digests = Object.fromEntries(
      releases.map((one: { number: number; digest: string }) => [one.number, one.digest]),
    );
    expect(digests[3]).toBe(digests[1]);
    expect(digests[2]).not.toBe(digests[1]);
    await page.context().close();
  });

  it('moves the open cases that can be moved and says why one cannot', async () => {
    const answers = await answersFor(studio.test.service, 'HP-01');
    const launch = async () =>
      (await studio.test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } })).body;
    const [free, held] = [await launch(), await launch()];
    worked = held.reference;
    const act = async (id: string, command: object) =>
      expect((await studio.test.call('POST', `/v1/cases/${id}/commands`, { command })).status).toBe(200);
    await act(held.caseId, { type: 'startTask', task: 'HP01' });
    await act(free.caseId, { type: 'startTask', task: 'HP01' });
    await act(free.caseId, { type: 'completeTask', task: 'HP01' });
    const { document } = await get('/v1/drafts/main/documents/workflow/HP');
    const { HP01: _gone, ...nodes } = document.nodes;
    const links = Object.fromEntries(
      Object.entries<{ from: string; to: string }>(document.links).filter(
        ([, { from, to }]) => from !== 'HP01' && to !== 'HP01',
      ),
    );
    await studio.change('workflow/HP', { nodes, links });

    const page = await studio.open('ann', 'publish');
    const twin = page.getByRole('list', { name: 'What differs on Homelessness prevention' });
    await twin.getByText('HP01 is not drawn any more.').waitFor();
    await twin.getByRole('button', { name: /Gone HP01/ }).click();
    await page.locator('[data-node="HP01"][aria-current="true"]').waitFor();
    await writeNote(page, 'Without the acknowledgement');
    await page.getByLabel('Move all that can, except those that are kept').check();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Release 4 is live').waitFor();
    await page.getByRole('link', { name: 'See the releases' }).click();
    await page.getByText('1 moved, 1 could not, 0 taken back').waitFor();
    await page.getByRole('button', { name: 'See the cases' }).click();
    const refused = page.getByRole('listitem').filter({ hasText: held.reference });
    await refused.getByText(/could not move \(.*HP01/).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: `${free.reference} from release 3: moved` })
      .waitFor();
    const releaseOf = async (id: string) => (await get(`/v1/cases/${id}`)).case.release;
    expect([await releaseOf(free.caseId), await releaseOf(held.caseId)]).toEqual([4, 3]);
    await page.context().close();
  });

  it('lets a release begin later: cases follow the one before until then', async () => {
    await studio.change('agency/SHELTER', { hours: 'From December' });
    const page = await studio.open('ann', 'publish');
    await page.getByText(/1 document differs from release 4/).waitFor();
    await writeNote(page, 'Winter hours');
    await page.getByLabel('Begins').fill('2026-12-01T09:00');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: 'See the releases' }).click();
    await page.getByText(/begins Tuesday.*1 December 2026/).waitFor();
    const launch = async () => {
      const begun = await studio.test.call('POST', '/v1/enquiries', {
        workflow: 'HR',
        answers: {},
        allowIncomplete: true,
        customer: { name: 'Ben' },
      });
      return (await get(`/v1/cases/${begun.body.caseId}`)).case.release;
    };
    expect(await launch()).toBe(4);
    studio.test.service.clock.set(Date.UTC(2026, 11, 1, 9) / 1000);
    expect(await launch()).toBe(5);
    studio.test.service.clock.set(MONDAY + 9 * 86_400);
    await page.context().close();
  });

  it('is put forward and approved by two people with the keyboard alone', async () => {
    await studio.change('settings/settings', { twoPersonPublish: true });
    const author = await studio.open('ann', 'publish');
    await author.getByText('1 document differs from release 5').waitFor();
    await countPointerEvents(author);
    await tabTo(author, 'Go on');
    await author.keyboard.press('Enter');
    await author.getByRole('heading', { name: 'What the tests touch' }).waitFor();
    await tabTo(author, 'Go on');
    await author.keyboard.press('Enter');
    await author.getByText('Nothing would change').waitFor();
    await tabTo(author, 'Go on');
    await author.keyboard.press('Enter');
    await tabTo(author, 'What this release changes');
    await author.keyboard.type('Two people from now on');
    await author.getByRole('status').filter({ hasText: 'Still checking.' }).waitFor({ state: 'detached' });
    if ((await author.getByLabel(/^I have read/).count()) > 0) {
      await tabTo(
        author,
        (await author
          .locator('label')
          .filter({ hasText: /^I have read/ })
          .textContent()) ?? '',
      );
      await author.keyboard.press('Space');
    }
    await tabTo(author, 'Put forward for approval');
    await author.keyboard.press('Enter');
    await author.getByText('It waits for somebody else').waitFor();
    await author.getByRole('button', { name: 'Take back' }).waitFor();
    expect(await author.getByRole('button', { name: 'Approve and publish' }).count()).toBe(0);
    expect(await pointerEvents(author)).toBe(0);

    const approver = await studio.open('ben', 'releases');
    await approver.getByText('Two people from now on').waitFor();
    await countPointerEvents(approver);
    await expect.poll(() => findBarriers(approver)).toEqual([]);
    await tabTo(approver, 'Approve and publish');
    await approver.keyboard.press('Enter');
    await approver.getByText('ann, approved by ben', { exact: false }).waitFor();
    expect(await pointerEvents(approver)).toBe(0);
    const { number, author: by, approver: and } = await get('/v1/releases/6');
    expect([number, by, and]).toEqual([6, 'ann', 'ben']);
    // Going back takes two people as well.
    await author.goto(author.url().replace('/publish', '/releases'));
    await author.getByRole('button', { name: 'Restore release 5' }).click();
    const dialog = author.getByRole('dialog');
    await dialog.getByText('somebody else who may publish approves it first').waitFor();
    await dialog.getByRole('button', { name: 'Put forward for approval' }).click();
    await author.getByText('Restores release 5.', { exact: false }).waitFor();
    expect(await newest()).toBe(6);
    const waiting = author.getByRole('region', { name: 'Waits for a second person' });
    await waiting.getByRole('button', { name: 'See what it changes' }).click();
    await author.getByRole('heading', { name: 'From release 6 to release 5' }).waitFor();
    await waiting.getByRole('button', { name: 'Take back' }).click();
    await waiting.waitFor({ state: 'detached' });
    await author.context().close();
    await approver.context().close();
  });

  it('restores a release by two people, and not over what was published meanwhile', async () => {
    const author = await studio.open('ann', 'releases');
    const putForward = async (number: number) => {
      await author.getByRole('button', { name: `Restore release ${number}` }).click();
      await author.getByRole('dialog').getByRole('button', { name: 'Put forward for approval' }).click();
      await author.getByText(`Restores release ${number}.`, { exact: false }).waitFor();
    };
    await putForward(4);
    await putForward(5);
    const approver = await studio.open('ben', 'releases');
    const waiting = approver.getByRole('region', { name: 'Waits for a second person' });
    const proposal = (number: number) => waiting.getByRole('group', { name: `Back to release ${number}` });
    await proposal(5).getByRole('button', { name: 'See what it changes' }).click();
    await approver.getByRole('heading', { name: 'From release 6 to release 5' }).waitFor();
    await expect.poll(() => findBarriers(approver)).toEqual([]);
    await countPointerEvents(approver);
    await proposal(5).getByRole('button', { name: 'Approve and publish' }).focus();
    await approver.keyboard.press('Enter');
    await approver.getByText('Restores 5').waitFor();
    await approver.getByText('ann, approved by ben').first().waitFor();
    expect(await pointerEvents(approver)).toBe(0);
    const [restored, before] = [await get('/v1/releases/7'), await get('/v1/releases/5')];
    expect([restored.author, restored.approver, restored.digest]).toEqual(['ann', 'ben', before.digest]);
    await proposal(4).getByRole('button', { name: 'Approve and publish' }).click();
    await proposal(4).getByRole('alert').filter({ hasText: 'Something was published since' }).waitFor();
    expect(await newest()).toBe(7);
    await proposal(4).getByRole('button', { name: 'Turn down' }).click();
    await waiting.waitFor({ state: 'detached' });
    await author.context().close();
    await approver.context().close();
  });

  it('reports how targets came out: the chart, its table, and the cases behind a number', async () => {
    // A week later the first targets of the cases above are exceeded.
    const page = await studio.open('ann', 'reports', ['administrator']);
    const table = page.getByRole('table', { name: /Targets met, exceeded and running/ });
    const row = table
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'Homelessness prevention' }) });
    await row.waitFor();
    const { groups } = await get('/v1/reports/sla?of=task&by=workflow');
    const shown = groups.find(({ key }: { key: string }) => key === 'HP');
    await expect
      .poll(async () => (await row.getByRole('cell').allTextContents()).slice(0, 4))
      .toEqual([shown.met, shown.exceeded, shown.amber, shown.onTrack].map(String));
    expect(shown.exceeded + shown.amber + shown.onTrack + shown.met).toBeGreaterThan(0);
    await row.getByRole('button', { name: 'See the cases of Homelessness prevention' }).click();
    await page.getByRole('link', { name: worked }).first().waitFor();
    await expect.poll(() => findBarriers(page)).toEqual([]);
    await page.context().close();
  });
});

function pointerEvents(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { pointerEvents: number }).pointerEvents);
}
