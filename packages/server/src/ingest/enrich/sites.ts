import { remembered } from './remembered.ts'
import { SITE_ALIASES, SITE_TABLE, type SiteKind } from './site-table.ts'

/** A site that is known by name: where visits come from, and of which kind it is. */
export interface Site {
  readonly name: string
  readonly kind: SiteKind
  /** In which parameters of its address the words stand that were searched for; only of search engines. */
  readonly searchParameters: readonly string[]
}

/** The known site that a host belongs to. Also takes the name of an Android app, as `android-app://` referrers have it. */
export function siteOf(host: string): Site | undefined {
  if (host.length > MAX_HOST) return undefined
  return EXACT.get(host) ?? EXACT.get(withAnyCountry(host) ?? '') ?? siteAround(host)
}

/** The known site that a campaign's source means: by its host, its name or a usual short one, in any case. */
export function siteOfSource(source: string): Site | undefined {
  return ofSource(source).site
}

/** Of a name in the DNS. */
const MAX_HOST = 253
const EXACT = new Map<string, Site>()
const WITHIN = new Map<string, Site>()
const BY_NAME = new Map<string, Site>()

for (const [kind, rows] of Object.entries(SITE_TABLE)) {
  for (const [name, hosts, parameters] of rows as readonly (readonly [string, string, string?])[]) {
    const searchParameters = kind === 'search' ? (parameters ?? 'q').split(' ') : []
    const site: Site = { name, kind: kind as SiteKind, searchParameters }
    BY_NAME.set(name.toLowerCase(), site)
    for (const host of hosts.trim().split(/\s+/)) {
      if (host.startsWith('=')) EXACT.set(host.slice(1), site)
      else WITHIN.set(host, site)
    }
  }
}
for (const [alias, name] of Object.entries(SITE_ALIASES)) {
  const site = BY_NAME.get(name.toLowerCase())
  if (site) BY_NAME.set(alias, site)
}

function siteAround(host: string): Site | undefined {
  for (let rest = host; ; ) {
    const site = WITHIN.get(rest) ?? WITHIN.get(withAnyCountry(rest) ?? '')
    if (site) return site
    const dot = rest.indexOf('.')
    if (dot < 0) return undefined
    rest = rest.slice(dot + 1)
  }
}

/** `google.co.uk` as `google.*`; undefined for the domains of anything else than a country or trade. */
function withAnyCountry(host: string): string | undefined {
  const base = /^(.+?)\.(?:com|[a-z]{2}|(?:com?|net|org|ne|or)\.[a-z]{2})$/.exec(host)?.[1]
  return base && `${base}.*`
}

const ofSource = remembered((source): { readonly site: Site | undefined } => {
  const text = source.trim().toLowerCase()
  const host = text
    .replace(/^[a-z-]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/:?#].*$/, '')
  return { site: BY_NAME.get(text) ?? (host.includes('.') ? siteOf(host) : undefined) }
})
