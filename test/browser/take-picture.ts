// Takes the README's picture: the real studio with the homelessness workflow open. `npx tsx test/browser/take-picture.ts [FILE]`
import { join } from 'node:path';
import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';
import { root } from '../support/architecture.ts';
import { newDataFolder, openBrowser, removeData, startProduct } from '../support/product.ts';

const [file = join(root, 'docs', 'studio.png')] = process.argv.slice(2);

await ensureStudio();
await ensureCli();
const browser = await openBrowser();
const product = await startProduct(newDataFolder());
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await page.goto(product.url);
  await page.getByRole('link', { name: 'Homelessness prevention', exact: true }).click();
  await page.getByRole('tab', { name: 'Findings (0)' }).waitFor();
  // The picture is the same on every day: the plan starts on the day of the expected schedules.
  await page.getByLabel('Plan from').fill('2027-01-04');
  await page.locator('[data-node="HP05"]').focus();
  await page.getByLabel('Instructions').waitFor();
  await page.screenshot({ path: file });
  process.stdout.write(`${file}\n`);
} finally {
  await browser.close();
  await product.stop();
  removeData(product);
}
