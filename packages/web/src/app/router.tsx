import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from '../api/queries.ts'
import { parseDashboardSearch } from '../dashboards/dashboard-search.ts'
import { parseSourceSearch } from '../sources/source-search.ts'
import { ErrorPage } from './error-page.tsx'
import { LoginPage } from './login-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { safeReturnPath } from './return-path.ts'
import { parseSearch, stringifySearch } from './search-params.ts'
import { SetupPage } from './setup-page.tsx'
import { Shell } from './shell.tsx'

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (raw: Record<string, unknown>): { to?: string } => {
    const to = safeReturnPath(raw.to)
    return to ? { to } : {}
  },
  component: LoginPage,
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (raw: Record<string, unknown>): { token?: string } =>
    typeof raw.token === 'string' ? { token: raw.token } : {},
  component: SetupPage,
})

/** Everything in here is for people who are logged in; the others come back to where they wanted to go. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.query({ ...sessionQuery, staleTime: 5 * 60_000 })
    if (!user) throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } })
    return { user }
  },
  component: Shell,
})

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/dashboards/web' })
  },
})

const webOverviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/dashboards/web',
  validateSearch: parseDashboardSearch,
  component: lazyRouteComponent(() => import('../dashboards/web-overview.tsx'), 'WebOverview'),
})

const keysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('../settings/keys-page.tsx'), 'KeysPage'),
})

const sourcesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('../sources/sources-page.tsx'), 'SourcesPage'),
})

const sourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources/$name',
  validateSearch: parseSourceSearch,
  component: lazyRouteComponent(() => import('../sources/source-page.tsx'), 'SourcePage'),
})

const linksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/links',
  component: lazyRouteComponent(() => import('../links/links-page.tsx'), 'LinksPage'),
})

const toolsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tools',
  component: lazyRouteComponent(() => import('../tools/tools-page.tsx'), 'ToolsPage'),
})

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  appRoute.addChildren([homeRoute, webOverviewRoute, sourcesRoute, sourceRoute, linksRoute, toolsRoute, keysRoute]),
])

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
