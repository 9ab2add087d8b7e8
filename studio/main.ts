// A few lines that arrive at once; everything else is on its way before the first of it runs.
import { askAhead } from './app/ahead.ts';
import { reloadWhenOutdated } from './app/stale-build.ts';

reloadWhenOutdated();
askAhead(location);
void import('./start.tsx');
if (/^\/studio\/workflow\//.test(location.pathname)) {
  // Should they not come, the page that needs them says so.
  void import('./workflow-designer/designer-page.tsx').catch(() => {});
  if (!new URLSearchParams(location.search).has('view'))
    void import('./workflow-designer/canvas-view.tsx').catch(() => {});
}
