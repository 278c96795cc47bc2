import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { boardQuery } from '../api/boards.ts'
import { cubesQuery } from '../api/cubes.ts'
import { sessionQuery } from '../api/queries.ts'
import { parseListSearch } from '../boards-list/list-search.ts'
import { parseBoardSearch } from '../dashboards/board/choice/board-search.ts'
import { parseExploreSearch } from '../explore/explore-address.ts'
import { parseKioskSearch } from '../kiosk/kiosk-search.ts'
import { lazyPage } from '../lazy/lazy-page.tsx'
import { parsePublicSearch } from '../public/public-search.ts'
import { parseSourceSearch } from '../sources/source-search.ts'
import { parseSqlSearch } from '../sql/sql-search.ts'
import { parseUploadSearch } from '../uploads/upload-search.ts'
import { ErrorPage } from './errors/error-page.tsx'
import { NotFoundPage } from './errors/not-found-page.tsx'
import { PageError } from './errors/page-error.tsx'
import { RootPage } from './root-page.tsx'
import { onlyParsed, parseSearch, stringifySearch } from './search-params.ts'
import { Shell } from './shell/shell.tsx'
import { LoginPage } from './sign-in/login-page.tsx'
import { PendingPage } from './sign-in/pending-page.tsx'
import { safeReturnPath } from './sign-in/return-path.ts'
import { SetupPage } from './sign-in/setup-page.tsx'

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootPage,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: onlyParsed((raw): { to?: string } => {
    const to = safeReturnPath(raw.to)
    return to ? { to } : {}
  }),
  component: LoginPage,
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: onlyParsed((raw): { token?: string } => (typeof raw.token === 'string' ? { token: raw.token } : {})),
  component: SetupPage,
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  component: lazyPage(() => import('../people/invitation-page.tsx'), 'InvitationPage'),
})

const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password/$token',
  component: lazyPage(() => import('../people/new-password-page.tsx'), 'NewPasswordPage'),
})

// Boards for people without an account: nothing in these asks for a session.
const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/public/$token',
  validateSearch: onlyParsed(parsePublicSearch),
  component: lazyPage(() => import('../public/public-page.tsx'), 'PublicPage'),
})

const embedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/embed/$token',
  validateSearch: onlyParsed(parsePublicSearch),
  component: lazyPage(() => import('../public/embed-page.tsx'), 'EmbedPage'),
})

const kioskSearch = onlyParsed(parseKioskSearch)

const publicKioskRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kiosk/public/$tokens',
  validateSearch: kioskSearch,
  component: lazyPage(() => import('../kiosk/public-kiosk-page.tsx'), 'PublicKioskPage'),
})

/** Sends those who are not logged in to the login, and back to where they wanted to go. */
async function signedIn({ context, location }: { context: { queryClient: QueryClient }; location: { href: string } }) {
  const user = await context.queryClient.query({ ...sessionQuery, staleTime: 5 * 60_000 })
  if (!user) throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } })
  return { user }
}

const kioskRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kiosk',
  validateSearch: kioskSearch,
  beforeLoad: async (at) => {
    if (!at.search.boards) throw redirect({ to: '/screens' })
    return signedIn(at)
  },
  component: lazyPage(() => import('../kiosk/kiosk-page.tsx'), 'KioskPage'),
})

/** Everything in here is for people who are logged in. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: signedIn,
  component: Shell,
  // Who it is could not be found out.
  errorComponent: ErrorPage,
})

/** What one sees first: a board that is delivered with the product. */
const HOME_BOARD = 'overview'

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/dashboards/$slug', params: { slug: HOME_BOARD } })
  },
})

const boardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/dashboards/$slug',
  validateSearch: onlyParsed(parseBoardSearch),
  // Asked for while the page's code is on its way; what fails is told by the page.
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(boardQuery(params.slug))
    void context.queryClient.prefetchQuery(cubesQuery)
  },
  component: lazyPage(() => import('../dashboards/board/board-page.tsx'), 'BoardPage'),
})

const boardsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/dashboards',
  validateSearch: onlyParsed(parseListSearch),
  component: lazyPage(() => import('../boards-list/boards-page.tsx'), 'BoardsPage'),
})

const newBoardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/dashboards/new',
  validateSearch: onlyParsed(parseBoardSearch),
  component: lazyPage(() => import('../dashboards/edit/start/new-board-page.tsx'), 'NewBoardPage'),
})

const trashRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/trash',
  component: lazyPage(() => import('../boards-trash/trash-page.tsx'), 'TrashPage'),
})

const exploreRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/explore',
  validateSearch: onlyParsed(parseExploreSearch),
  component: lazyPage(() => import('../explore/explore-page.tsx'), 'ExplorePage'),
})

const sqlRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sql',
  validateSearch: onlyParsed(parseSqlSearch),
  component: lazyPage(() => import('../sql/sql-page.tsx'), 'SqlPage'),
})

const keysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/keys',
  component: lazyPage(() => import('../settings/keys-page.tsx'), 'KeysPage'),
})

const peopleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/people',
  component: lazyPage(() => import('../people/people-page.tsx'), 'PeoplePage'),
})

const screensRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/screens',
  component: lazyPage(() => import('../kiosk/screens-page.tsx'), 'ScreensPage'),
})

const sourcesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources',
  component: lazyPage(() => import('../sources/sources-page.tsx'), 'SourcesPage'),
})

const sourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources/$name',
  validateSearch: onlyParsed(parseSourceSearch),
  component: lazyPage(() => import('../sources/source-page.tsx'), 'SourcePage'),
})

const linksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/links',
  component: lazyPage(() => import('../links/links-page.tsx'), 'LinksPage'),
})

const toolsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tools',
  component: lazyPage(() => import('../tools/tools-page.tsx'), 'ToolsPage'),
})

const dataRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data',
  component: lazyPage(() => import('../uploads/data-page.tsx'), 'DataPage'),
})

const uploadRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/data/$name',
  validateSearch: onlyParsed(parseUploadSearch),
  component: lazyPage(() => import('../uploads/upload-page.tsx'), 'UploadPage'),
})

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  invitationRoute,
  passwordRoute,
  publicRoute,
  embedRoute,
  kioskRoute,
  publicKioskRoute,
  appRoute.addChildren([
    homeRoute,
    boardsRoute,
    newBoardRoute,
    boardRoute,
    trashRoute,
    exploreRoute,
    sqlRoute,
    dataRoute,
    uploadRoute,
    sourcesRoute,
    sourceRoute,
    linksRoute,
    toolsRoute,
    peopleRoute,
    screensRoute,
    keysRoute,
  ]),
])

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    // A page that fails leaves the navigation standing.
    defaultErrorComponent: PageError,
    defaultPendingComponent: PendingPage,
    defaultPendingMs: 200,
    // A page that is there is shown at once: its places stay where they were, so nothing flickers.
    defaultPendingMinMs: 0,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
