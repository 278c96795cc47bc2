/**
 * The messages of a body. Octet counted (RFC 6587) is `LENGTH SPACE message`, the length in bytes: a message may hold line
 * breaks. Otherwise a line is a message.
 */
export interface SyslogFrames {
  readonly messages: readonly Buffer[]
  /** What is left where a length is missing or is longer than the body; empty when all was read. */
  readonly rest: Buffer
}

export function splitSyslogFrames(body: Buffer): SyslogFrames {
  return /^\d{1,9} <$/.test(body.toString('latin1', 0, START_BYTES).replace(/(<).*$/s, '$1'))
    ? octetCounted(body)
    : lines(body)
}

const START_BYTES = 12
const SPACE = 0x20
const NEWLINE = 0x0a

function octetCounted(body: Buffer): SyslogFrames {
  const messages: Buffer[] = []
  let at = 0
  while (at < body.length) {
    const space = body.indexOf(SPACE, at)
    const digits = space === -1 || space - at > 9 ? '' : body.toString('latin1', at, space)
    const end = /^\d+$/.test(digits) ? space + 1 + Number(digits) : Number.POSITIVE_INFINITY
    if (end > body.length) break
    messages.push(withoutLineEnd(body.subarray(space + 1, end)))
    at = end
  }
  return { messages, rest: body.subarray(at) }
}

function lines(body: Buffer): SyslogFrames {
  const messages: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(NEWLINE, at)
    const end = newline === -1 ? body.length : newline
    const line = withoutLineEnd(body.subarray(at, end))
    if (line.length > 0) messages.push(line)
    at = end + 1
  }
  return { messages, rest: Buffer.alloc(0) }
}

function withoutLineEnd(message: Buffer): Buffer {
  let end = message.length
  while (end > 0 && (message[end - 1] === NEWLINE || message[end - 1] === 0x0d)) end--
  return message.subarray(0, end)
}
