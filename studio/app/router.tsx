import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from '../api/client.ts';
import { workFor } from '../api/person.ts';
import { draftQuery, meQuery } from '../api/queries.ts';
import { Loading } from '../ui/notice.tsx';
import { type DesignerView, toView } from '../workflow-designer/view.ts';
import { PageNotFound, RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()();

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  validateSearch: (search): { from?: string } => (typeof search['from'] === 'string' ? { from: search['from'] } : {}),
});

/** Everything but the sign-in page needs a session. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const link = new URLSearchParams(window.location.hash.slice(1));
    for (const purpose of ['signin', 'setup'] as const) {
      const token = link.get(purpose);
      if (token) throw redirect({ to: '/sign-in', hash: `${purpose}=${token}`, search: { from: location.pathname } });
    }
    try {
      workFor(await context.queryClient.ensureQueryData(meQuery));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401)
        throw redirect({ to: '/sign-in', search: { from: location.href } });
      throw error;
    }
  },
});

/** The first page waits so long for its parts; then its frame stands alone and says that it loads. */
const FRAME_ALONE_AFTER_MS = 20;
/** From one page to the next the page before stays so long. */
const PAGE_STAYS_MS = 1000;

/**
 * Pages that open on the draft are drawn when it is here, or cannot come: they say what is wrong. They wait in the router because
 * React keeps what a Suspense shows instead on the screen for 0.3 seconds, however soon all has come.
 */
const onDraft = {
  loader: ({ context }: { context: { queryClient: QueryClient } }) => context.queryClient.prefetchQuery(draftQuery),
  staleTime: Number.POSITIVE_INFINITY,
  pendingComponent: Loading,
};

const page = <const P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => signedIn, path, component });

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/library/$area', params: { area: 'workflows' } });
  },
});
const library = createRoute({
  getParentRoute: () => signedIn,
  path: '/library/$area',
  ...onDraft,
  component: lazyRouteComponent(() => import('../library/library-page.tsx'), 'LibraryPage'),
});
const loadDesigner = () => import('../workflow-designer/designer-page.tsx');
const designer = createRoute({
  getParentRoute: () => signedIn,
  path: '/workflow/$key',
  ...onDraft,
  loader: async ({ context, location }) => {
    const view = toView(new URLSearchParams(location.searchStr).get('view'));
    await Promise.allSettled([
      context.queryClient.prefetchQuery(draftQuery),
      loadDesigner().then(({ preloadCanvas }) => preloadCanvas(view)),
    ]);
  },
  component: lazyRouteComponent(loadDesigner, 'DesignerPage'),
  validateSearch: (search): { pointer?: string; view?: DesignerView } => ({
    ...(typeof search['pointer'] === 'string' ? { pointer: search['pointer'] } : {}),
    ...(search['view'] === undefined ? {} : { view: toView(search['view']) }),
  }),
});
const source = createRoute({
  getParentRoute: () => signedIn,
  path: '/source/$kind/$key',
  ...onDraft,
  component: lazyRouteComponent(() => import('../source-editor/source-page.tsx'), 'SourcePage'),
  validateSearch: (search): { pointer?: string } =>
    typeof search['pointer'] === 'string' ? { pointer: search['pointer'] } : {},
});
const editor = createRoute({
  getParentRoute: () => signedIn,
  path: '/edit/$kind/$key',
  ...onDraft,
  component: lazyRouteComponent(() => import('../document-editor/editor-page.tsx'), 'EditorPage'),
  validateSearch: (search): { pointer?: string } =>
    typeof search['pointer'] === 'string' ? { pointer: search['pointer'] } : {},
});
const preview = createRoute({
  getParentRoute: () => signedIn,
  path: '/preview',
  ...onDraft,
  component: lazyRouteComponent(() => import('../advice/preview-page.tsx'), 'PreviewPage'),
  validateSearch: (search): { workflow?: string } =>
    typeof search['workflow'] === 'string' ? { workflow: search['workflow'] } : {},
});
const play = createRoute({
  getParentRoute: () => signedIn,
  path: '/play/$key',
  ...onDraft,
  component: lazyRouteComponent(() => import('../play/play-page.tsx'), 'PlayPage'),
  validateSearch: (search): { finding?: string } =>
    typeof search['finding'] === 'string' ? { finding: search['finding'] } : {},
});
const worklist = page(
  '/worklist',
  lazyRouteComponent(() => import('../cases/worklist-page.tsx'), 'WorklistPage'),
);
const cases = page(
  '/cases',
  lazyRouteComponent(() => import('../cases/cases-page.tsx'), 'CasesPage'),
);
const caseRoute = page(
  '/cases/$id',
  lazyRouteComponent(() => import('../cases/case-page.tsx'), 'CasePage'),
);
const customers = page(
  '/customers',
  lazyRouteComponent(() => import('../cases/customers-page.tsx'), 'CustomersPage'),
);
const customer = page(
  '/customers/$id',
  lazyRouteComponent(() => import('../cases/customer-page.tsx'), 'CustomerPage'),
);
const resources = page(
  '/resources',
  lazyRouteComponent(() => import('../resources/resources-page.tsx'), 'ResourcesPage'),
);
const resource = page(
  '/resources/$id',
  lazyRouteComponent(() => import('../resources/resource-page.tsx'), 'ResourcePage'),
);
const messages = page(
  '/messages',
  lazyRouteComponent(() => import('../cases/messages-page.tsx'), 'MessagesPage'),
);
const publish = createRoute({
  getParentRoute: () => signedIn,
  path: '/publish',
  component: lazyRouteComponent(() => import('../publish/publish-page.tsx'), 'PublishPage'),
  validateSearch: (search): { step?: string } => (typeof search['step'] === 'string' ? { step: search['step'] } : {}),
});
const releases = page(
  '/releases',
  lazyRouteComponent(() => import('../publish/releases-page.tsx'), 'ReleasesPage'),
);
const reports = page(
  '/reports',
  lazyRouteComponent(() => import('../reports/reports-page.tsx'), 'ReportsPage'),
);

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    home,
    library,
    designer,
    editor,
    source,
    preview,
    play,
    worklist,
    cases,
    caseRoute,
    customers,
    customer,
    resources,
    resource,
    messages,
    publish,
    releases,
    reports,
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    basepath: '/studio',
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: FRAME_ALONE_AFTER_MS,
    // The router would keep what says that a page loads for half a second.
    defaultPendingMinMs: 0,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: PageNotFound,
  });
  const stopHearing = router.subscribe('onResolved', () => {
    stopHearing();
    router.options.defaultPendingMs = PAGE_STAYS_MS;
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
