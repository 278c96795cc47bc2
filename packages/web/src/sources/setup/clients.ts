import type { SourceKind } from '@almanac/core/sources/source-settings.ts'
import { trackerSnippet } from '../../settings/tracker-snippet.ts'
import { html, js, shell } from './quote.ts'

/**
 * What can send events here, each with the one thing to change in it. The facts are those of `docs/guides/clients`.
 */
export interface Client {
  readonly id: string
  readonly label: string
  /** The kinds of sources that it is offered for first. */
  readonly kinds: readonly SourceKind[]
  /** Where the snippet goes. */
  readonly place: string
  readonly snippet: (target: Target) => string
  /** What the client calls its project, where that can't always be a key of ours. */
  readonly project?: Project
}

interface Target {
  /** The address of this server, without a slash at its end. */
  readonly server: string
  /** An ingest key. */
  readonly key: string
  /** What the client calls its project: a name that was given to the source, else the key. */
  readonly project: string
}

interface Project {
  readonly protocol: string
  /** As the client calls it. */
  readonly label: string
  readonly example: string
}

export const CLIENTS: readonly Client[] = [
  {
    id: 'tracker',
    label: 'Almanac',
    kinds: ['website'],
    place: 'Put this line into the head of your pages. The key is public there: it can send events and nothing else.',
    snippet: ({ server, key }) => trackerSnippet(server, key),
  },
  {
    id: 'curl',
    label: 'curl',
    kinds: ['server', 'app'],
    place: 'Run this in a terminal; any program that speaks HTTP does the same.',
    snippet: ({ server, key }) =>
      [
        `curl ${shell(`${server}/v1/events`)} \\`,
        `  -H ${shell(`Authorization: Bearer ${key}`)} \\`,
        `  -d ${shell('{"name":"signup","userId":"u-4711","properties":{"plan":"family"}}')}`,
      ].join('\n'),
  },
  {
    id: 'segment-browser',
    label: 'Segment (browser)',
    kinds: ['website'],
    place:
      'Where your pages load analytics.js: its settings come from here, and they send everything else here as well.',
    snippet: ({ server, key }) => `AnalyticsBrowser.load({ writeKey: ${js(key)}, cdnURL: ${js(server)} })`,
  },
  {
    id: 'segment-node',
    label: 'Segment (Node)',
    kinds: ['server'],
    place:
      'Where your program makes its client of @segment/analytics-node. Other languages have the same two settings.',
    snippet: ({ server, key }) => `new Analytics({ writeKey: ${js(key)}, host: ${js(server)} })`,
  },
  {
    id: 'rudderstack',
    label: 'RudderStack',
    kinds: ['server'],
    place: 'Where your program makes its client of @rudderstack/rudder-sdk-node.',
    snippet: ({ server, key }) => `new RudderAnalytics(${js(key)}, { dataPlaneUrl: ${js(server)} })`,
  },
  {
    id: 'matomo',
    label: 'Matomo',
    kinds: ['website'],
    place: 'In the code that Matomo gave you, change these two lines. matomo.js itself stays where you have it.',
    project: { protocol: 'matomo', label: 'Site id', example: '1' },
    snippet: ({ server, project }) =>
      [`_paq.push(['setTrackerUrl', ${js(`${server}/matomo.php`)}])`, `_paq.push(['setSiteId', ${js(project)}])`].join(
        '\n',
      ),
  },
  {
    id: 'plausible',
    label: 'Plausible',
    kinds: ['website'],
    place: 'In the script tag that you have; src stays your copy of Plausible’s script.',
    project: { protocol: 'plausible', label: 'Domain', example: 'shop.example' },
    snippet: ({ server, project }) =>
      [
        `<script defer src="/your/copy/script.js"`,
        `  data-domain=${html(project)}`,
        `  data-api=${html(`${server}/api/event`)}></script>`,
      ].join('\n'),
  },
  {
    id: 'umami',
    label: 'Umami',
    kinds: ['website'],
    place: 'In the script tag that you have; src stays your copy of Umami’s script.',
    project: { protocol: 'umami', label: 'Website id', example: '6f1f2a52-9b0c-4f6e-8a77-0d5f3c1b2a94' },
    snippet: ({ server, project }) =>
      [
        `<script defer src="/your/copy/script.js"`,
        `  data-host-url=${html(server)}`,
        `  data-website-id=${html(project)}></script>`,
      ].join('\n'),
  },
  {
    id: 'posthog',
    label: 'PostHog',
    kinds: ['website', 'app'],
    place: 'Where your pages start posthog-js. In Node: new PostHog(key, { host }) with the same two values.',
    snippet: ({ server, key }) => `posthog.init(${js(key)}, { api_host: ${js(server)} })`,
  },
  {
    id: 'mixpanel',
    label: 'Mixpanel',
    kinds: ['website', 'app'],
    place: 'Where your pages start mixpanel-browser. In Node: Mixpanel.init(key, { host }), the host without https://.',
    snippet: ({ server, key }) => `mixpanel.init(${js(key)}, { api_host: ${js(server)} })`,
  },
  {
    id: 'snowplow',
    label: 'Snowplow',
    kinds: ['website', 'app'],
    place:
      'Where your pages start the tracker. The application’s id says which source is meant, so it has to be there.',
    project: { protocol: 'snowplow', label: 'Application id', example: 'shop' },
    snippet: ({ server, project }) => `newTracker('sp', ${js(server)}, { appId: ${js(project)} })`,
  },
  {
    id: 'countly',
    label: 'Countly',
    kinds: ['app', 'website'],
    place: 'Where your app or page starts the SDK.',
    project: { protocol: 'countly', label: 'App key', example: '8f0d2c1e6b7a' },
    snippet: ({ server, project }) => `Countly.init({ app_key: ${js(project)}, url: ${js(server)} })`,
  },
  {
    id: 'openpanel',
    label: 'OpenPanel',
    kinds: ['website', 'server'],
    place: 'Where your pages or programs make their client.',
    project: { protocol: 'openpanel', label: 'Client id', example: '301c6dc1-424c-4bc3-9886-a8beab09b615' },
    snippet: ({ server, project }) =>
      `new OpenPanel({ clientId: ${js(project)}, apiUrl: ${js(`${server}/openpanel`)} })`,
  },
  {
    id: 'ga4',
    label: 'GA4 (Measurement Protocol)',
    kinds: ['server', 'app'],
    place: 'Your servers send to this address in place of www.google-analytics.com; the measurement’s id stays yours.',
    snippet: ({ server, key }) => `${server}/mp/collect?measurement_id=G-XXXXXXX&api_secret=${encodeURIComponent(key)}`,
  },
  {
    id: 'adjust',
    label: 'adjust',
    kinds: ['app'],
    place: 'Set this as the app’s callback address for all activities, with any other placeholders that you want.',
    snippet: ({ server, key }) => `${server}/adjust/${encodeURIComponent(key)}?${ADJUST_PLACEHOLDERS}`,
  },
  {
    id: 'heroku',
    label: 'Heroku Logplex',
    kinds: ['log'],
    place:
      'Run this in a terminal, with the name of your app at its end. Heroku delivers to public https addresses only.',
    snippet: ({ server, key }) => `heroku drains:add ${shell(`${withUser(server, key)}/logplex`)} --app APP`,
  },
  {
    id: 'syslog',
    label: 'Syslog over HTTPS',
    kinds: ['log'],
    place: 'The address that your log shipper posts messages of RFC 5424 to.',
    snippet: ({ server, key }) => `${server}/syslog/${encodeURIComponent(key)}`,
  },
  {
    id: 'github',
    label: 'GitHub webhook',
    kinds: ['webhook'],
    place:
      'The payload URL, in the settings of the repository or organisation under Webhooks. The secret is the same key; either content type will do.',
    snippet: ({ server, key }) => `${server}/github/${encodeURIComponent(key)}`,
  },
  {
    id: 'webhook',
    label: 'Any webhook',
    kinds: ['webhook'],
    place: 'The address that the other system calls. name, id and time say where they are in its JSON.',
    snippet: ({ server, key }) =>
      `${server}/webhook/${encodeURIComponent(key)}?name=$.type&id=$.data.id&time=$.created`,
  },
]

/** Those that one would expect for the kind first, each group in the order of the list. */
export function clientsFor(kind: SourceKind): {
  readonly likely: readonly Client[]
  readonly others: readonly Client[]
} {
  return {
    likely: CLIENTS.filter(({ kinds }) => kinds.includes(kind)),
    others: CLIENTS.filter(({ kinds }) => !kinds.includes(kind)),
  }
}

/** The key as the user of the address, which arrives as Basic credentials. */
function withUser(server: string, key: string): string {
  return server.replace('://', `://${encodeURIComponent(key)}@`)
}

/** By our names on the left and adjust's on the right; see the guide for what becomes of each. */
const ADJUST_PLACEHOLDERS = Object.entries({
  activity_kind: 'activity_kind',
  event_name: 'event_name',
  event_token: 'event',
  created_at: 'created_at',
  installed_at: 'installed_at',
  adid: 'adid',
  gps_adid: 'gps_adid',
  idfa: 'idfa',
  tracker_name: 'tracker_name',
  tracker_token: 'tracker',
  revenue_float: 'revenue_float',
  currency: 'currency',
  environment: 'environment',
  app_name: 'app_name',
  app_version: 'app_version',
  os_name: 'os_name',
  country: 'country',
  language: 'language',
  ip_address: 'ip_address',
  user_agent: 'user_agent',
})
  .map(([name, placeholder]) => `${name}={${placeholder}}`)
  .join('&')
