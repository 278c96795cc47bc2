import { expected, type LogFormat } from './log-format.ts'
import { scanWebLog } from './web-log.ts'

/** `host ident user [time] "request" status bytes`, Apache's Common Log Format. */
export const common: LogFormat = {
  label: 'Common Log Format of Apache, nginx and others',

  parse(line, { nowMs }) {
    const scanned = scanWebLog(line, nowMs)
    if ('rejected' in scanned) return scanned
    const { end, draft } = scanned
    if (end === line.length) return { draft }
    return expected('the end of the line after the size (is this the combined format?)', line, end)
  },
}
