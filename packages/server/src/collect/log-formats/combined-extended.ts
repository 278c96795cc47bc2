import { isIP } from 'node:net'
import { scanCombined } from './combined.ts'
import { expected, type LogFormat } from './log-format.ts'
import { maskAddresses } from './mask-addresses.ts'
import { splitFields } from './split-fields.ts'

/**
 * Combined, and then fields that nobody names: nginx's own `main` has X-Forwarded-For there, others times and ids. A field
 * of addresses is taken for X-Forwarded-For, whose first is the visitor; the others are kept together as they stand.
 */
export const combinedExtended: LogFormat = {
  label: "Combined with more fields behind it, such as nginx's main: X-Forwarded-For tells the visitor",

  parse(line, { nowMs }) {
    const scanned = scanCombined(line, nowMs)
    if ('rejected' in scanned) return scanned
    const { draft, end } = scanned
    const fields = line.startsWith(' ', end) ? splitFields(line.slice(end + 1)) : undefined
    if (!fields) return expected('more fields after the user agent', line, end)
    const forwarded = fields.find(isForwarded)
    const others = fields.filter((field) => field !== forwarded && field !== '-' && field !== '').join(' ')
    if (others !== '') draft.event.properties = { ...draft.event.properties, extra: maskAddresses(others) }
    return { draft: { event: draft.event, address: forwarded?.split(',')[0]?.trim() ?? draft.address } }
  },
}

function isForwarded(field: string): boolean {
  return field.split(',').every((address) => isIP(address.trim()) > 0)
}
