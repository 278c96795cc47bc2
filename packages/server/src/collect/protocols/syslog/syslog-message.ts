/** One message of RFC 5424, as far as it could be read. */
export interface SyslogMessage {
  readonly facility: number
  readonly severity: number
  /** Undefined when the sender's clock is not told, or not in a form that names the year and the zone. */
  readonly timeMs: number | undefined
  /** Whether the time says fractions of a second: then two messages seldom have the same. */
  readonly hasFraction: boolean
  readonly host: string | undefined
  readonly app: string | undefined
  readonly process: string | undefined
  readonly messageId: string | undefined
  /** Structured data as `{ element: { name: value } }`. */
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  readonly text: string
}

/**
 * `<PRI>1 TIME HOST APP PROCID MSGID [data] text`. Logplex leaves the structured data out, with nothing in its place, and
 * its documentation has `-` there: both are read. Of a message with a priority and no such header (RFC 3164, whose times
 * have neither year nor zone) everything after the priority is the text. Undefined without a priority.
 */
export function parseSyslogMessage(line: string): SyslogMessage | undefined {
  const priority = /^<(\d{1,3})>/.exec(line)
  if (!priority || Number(priority[1]) > 191) return undefined
  const rest = line.slice(priority[0].length)
  const levels = { facility: Number(priority[1]) >> 3, severity: Number(priority[1]) & 7 }
  const header = HEADER.exec(rest)
  if (!header) return { ...NO_HEADER, ...levels, text: rest }
  const [all, time = '', host, app, process, messageId] = header
  const { data, text } = readData(rest.slice(all.length))
  return {
    ...levels,
    timeMs: timeOf(time),
    hasFraction: time.includes('.'),
    host: unlessNil(host),
    app: unlessNil(app),
    process: unlessNil(process),
    messageId: unlessNil(messageId),
    data,
    text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
  }
}

const HEADER = /^1 (\S{1,64}) (\S{1,255}) (\S{1,255}) (\S{1,255}) (\S{1,255})(?: |$)/
const BYTE_ORDER_MARK = '\ufeff'
const NO_HEADER = {
  timeMs: undefined,
  hasFraction: false,
  host: undefined,
  app: undefined,
  process: undefined,
  messageId: undefined,
  data: undefined,
}

function unlessNil(value: string | undefined): string | undefined {
  return value === '-' ? undefined : value
}

function timeOf(text: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** A text that begins with a bracket and is no structured data (such as `[GET] /x`) stays text. */
function readData(rest: string): Pick<SyslogMessage, 'data' | 'text'> {
  if (rest === '-' || rest.startsWith('- ')) return { data: undefined, text: rest.slice(2) }
  const elements: [string, Readonly<Record<string, string>>][] = []
  ELEMENT.lastIndex = 0
  let end = 0
  for (let element = ELEMENT.exec(rest); element; element = ELEMENT.exec(rest)) {
    const [, name = '', parameters = ''] = element
    const pairs = [...parameters.matchAll(PARAMETER)].map(
      ([, key = '', value = '']) => [key, unescaped(value)] as const,
    )
    elements.push([name, Object.fromEntries(pairs)])
    end = ELEMENT.lastIndex
  }
  const isData = elements.length > 0 && (end === rest.length || rest[end] === ' ')
  return isData ? { data: Object.fromEntries(elements), text: rest.slice(end + 1) } : { data: undefined, text: rest }
}

// Each character can be read in one way only, so no text makes this slow. An element without parameters (`[INFO]`) is more
// likely the start of a text.
const ELEMENT = /\[([^\s="\]]{1,32})((?: [^\s="\]]{1,32}="(?:[^"\\\]]|\\.)*")+)\]/y
const PARAMETER = / ([^\s="\]]{1,32})="((?:[^"\\\]]|\\.)*)"/g

function unescaped(value: string): string {
  return value.replace(/\\(["\\\]])/g, '$1')
}
