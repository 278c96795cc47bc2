import { scanCombined } from './combined.ts'
import { expected, type LogFormat } from './log-format.ts'
import { splitFields } from './split-fields.ts'

/** Traefik's default: combined, then the number of the request, router, server URL and duration (`12ms`). */
export const traefik: LogFormat = {
  label: "Traefik's common format: combined, then the request's number, router, server and duration",

  parse(line, { nowMs }) {
    const scanned = scanCombined(line, nowMs)
    if ('rejected' in scanned) return scanned
    const { draft, end } = scanned
    const fields = line.startsWith(' ', end) ? splitFields(line.slice(end + 1)) : undefined
    const [number = '', router = '', server = '', duration = ''] = fields ?? []
    const durationMs = /^(\d{1,12})ms$/.exec(duration)?.[1]
    if (fields?.length !== 4 || !/^\d+$/.test(number) || durationMs === undefined) {
      return expected('a number, a router, a server and a duration such as 12ms', line, end)
    }
    draft.event.durationMs = Number(durationMs)
    const properties: Record<string, string> = {}
    if (router !== '-' && router !== '') properties.router = router
    if (server !== '-' && server !== '') properties.server = server
    draft.event.properties = { ...draft.event.properties, ...properties }
    return { draft }
  },
}
