import { scanCombined } from './combined.ts'
import { expected, type LogFormat } from './log-format.ts'

/** `www.example.com:443` and then the combined format: the host makes whole URLs of the paths. */
export const vhostCombined: LogFormat = {
  label: "Apache's vhost_combined: the virtual host and its port, then combined",

  parse(line, { nowMs }) {
    const [vhost = '', host = '', port = ''] = VHOST.exec(line) ?? []
    if (vhost === '') return expected('a virtual host with its port, such as www.example.com:443', line, 0)
    const rest = line.slice(vhost.length)
    const scanned = scanCombined(rest, nowMs)
    if ('rejected' in scanned) return scanned
    const { draft, end } = scanned
    if (end < rest.length) return expected('the end of the line after the user agent', rest, end)
    const { url } = draft.event
    if (url?.startsWith('/')) draft.event.url = `${port === '443' ? 'https' : 'http'}://${host}${portText(port)}${url}`
    return { draft }
  },
}

const VHOST = /^([^\s:[\]]{1,255}|\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5}) /

function portText(port: string): string {
  return port === '80' || port === '443' || port === '0' ? '' : `:${port}`
}
