import { ensureCli, ensureStudio } from '../../runtime/cli/fresh.js';

/** End to end means the built product: pages and command line are built before the first test. */
export async function setup() {
  await ensureStudio();
  await ensureCli();
}
