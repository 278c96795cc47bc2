import { isIP } from 'node:net'
import { scanCombined } from './combined.ts'
import { expected, type LogFormat } from './log-format.ts'
import { scanWebLog } from './web-log.ts'

/**
 * `www.example.com:443` and then the combined format, or the common one: the host makes whole URLs of the paths. Where only
 * the name is logged, it is told from an address by the address that comes next.
 */
export const vhostCombined: LogFormat = {
  label: "Apache's vhost_combined: the virtual host with its port or without, then combined or common",

  parse(line, { nowMs }) {
    const [vhost = '', host = '', port = ''] = VHOST.exec(line) ?? []
    const rest = line.slice(vhost.length)
    const isVhost = vhost !== '' && (port !== '' || isIP(rest.slice(0, rest.indexOf(' '))) > 0)
    if (!isVhost) return expected('a virtual host, such as www.example.com:443, and an address', line, 0)
    const isCombined = rest.endsWith('"')
    const scanned = isCombined ? scanCombined(rest, nowMs) : scanWebLog(rest, nowMs)
    if ('rejected' in scanned) return scanned
    const { draft, end } = scanned
    if (end < rest.length)
      return expected(`the end of the line after the ${isCombined ? 'user agent' : 'size'}`, rest, end)
    const { url } = draft.event
    if (url?.startsWith('/')) draft.event.url = `${port === '443' ? 'https' : 'http'}://${host}${portText(port)}${url}`
    return { draft }
  },
}

const VHOST = /^([^\s:[\]]{1,255}|\[[0-9a-fA-F:.]{2,45}\])(?::(\d{1,5}))? /

function portText(port: string): string {
  return port === '' || port === '80' || port === '443' || port === '0' ? '' : `:${port}`
}
