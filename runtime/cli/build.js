// `npm run build`: the studio's pages and the command line, each only when a source changed.
import { ensureCli, ensureInstalled, ensureStudio } from './fresh.js';

ensureInstalled();
await ensureStudio();
await ensureCli();
