import { AppError } from '@almanac/core/errors.ts'
import type { TrackingLink } from '../tracking-link.ts'
import type { TrackingLinks } from '../tracking-links.ts'

/** Links that nobody stores, and nobody has clicked. */
export function memoryLinks(links: readonly TrackingLink[] = []): TrackingLinks {
  const byCode = new Map(links.map((link) => [link.code, link]))
  const put = (link: TrackingLink) => {
    byCode.set(link.code, link)
    return link
  }
  return {
    find: (code) => (byCode.get(code)?.archivedAt ? undefined : byCode.get(code)),
    list: async (source) => [...byCode.values()].filter((link) => source === undefined || link.source === source),
    create: async (link) => put({ ...link, code: link.code ?? 'made', createdAt: new Date(0), archivedAt: null }),
    update: async (code, { archived, ...change }) => {
      const link = byCode.get(code)
      if (!link) throw new AppError('not_found', `There is no tracking link ${code}`)
      const archivedAt = archived === undefined ? link.archivedAt : archived ? new Date(0) : null
      return put({ ...link, ...change, archivedAt })
    },
    figures: async () => new Map(),
    async close() {},
  }
}

export function testLink(fields: Partial<TrackingLink> = {}): TrackingLink {
  return {
    code: 'spring',
    source: 'game',
    environment: 'production',
    label: '',
    target: 'https://example.com/app',
    network: 'Newsletter',
    campaign: '',
    adgroup: '',
    creative: '',
    parameters: {},
    createdAt: new Date(0),
    archivedAt: null,
    ...fields,
  }
}
