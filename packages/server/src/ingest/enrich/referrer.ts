import { referrerHost } from './page-address.ts'
import { remembered } from './remembered.ts'
import { type Site, siteOf } from './sites.ts'

/** What a referrer tells. */
export interface ReferrerFacts {
  /** Without `www.`; empty when there is no referrer, or it is no address. */
  readonly host: string
  readonly site: Site | undefined
  /** What was searched for; most search engines keep that to themselves. */
  readonly searchTerm: string
}

export const NO_REFERRER: ReferrerFacts = { host: '', site: undefined, searchTerm: '' }

export const referrerFacts = remembered((referrer): ReferrerFacts => {
  const host = referrerHost(referrer)
  if (host === '') return NO_REFERRER
  const site = siteOf(host)
  return { host, site, searchTerm: site === undefined ? '' : searchTermOf(referrer, site) }
})

const MAX_TERM = 200

function searchTermOf(referrer: string, { searchParameters }: Site): string {
  const start = referrer.indexOf('?')
  if (start < 0 || searchParameters.length === 0) return ''
  const query = new URLSearchParams(referrer.slice(start).split('#')[0])
  const term = searchParameters.map((name) => query.get(name)?.trim()).find((value) => value)
  return term === undefined ? '' : term.replaceAll('\0', '\ufffd').slice(0, MAX_TERM)
}
