import { hash } from 'node:crypto'
import type { ForeignEvent } from '../../events/foreign-event.ts'
import type { Protocol, ProtocolRequest, Understood } from '../protocol.ts'
import { refusal } from '../sender-answer.ts'
import { senderCredential } from '../sender-credential.ts'
import { logLineEvent } from './log-line-event.ts'
import { type RejectedMessage, withoutAddresses } from './rejected-message.ts'
import { splitSyslogFrames } from './syslog-frames.ts'
import { parseSyslogMessage } from './syslog-message.ts'

/** Syslog over HTTPS, as log shippers post it: messages of RFC 5424, one a line or octet counted. */
export const syslog: Protocol = {
  name: 'syslog',
  label: 'Syslog over HTTPS',
  routes: [
    { methods: ['POST'], path: '/syslog', understand },
    { methods: ['POST'], path: '/syslog/:key', understand },
  ],
}

function understand(request: ProtocolRequest): Understood {
  const { messages, rest } = splitSyslogFrames(request.body)
  const bodyHash = hash('sha256', request.body)
  const events: ForeignEvent[] = []
  const rejected: RejectedMessage[] = []
  for (const [index, raw] of messages.entries()) {
    const line = raw.toString()
    const message = parseSyslogMessage(line)
    const event = message ? logLineEvent(message) : { rejected: 'expected a syslog message, which begins with <PRI>' }
    if ('rejected' in event) rejected.push({ reason: event.rejected, raw: line })
    // A shipper that retries sends the same bytes. Without fractions of a second in them, new messages may be the same, too.
    else events.push(message?.hasFraction ? { ...event, id: `${bodyHash}#${index}` } : event)
  }
  if (rest.length > 0)
    rejected.push({ reason: 'expected a length and a message of as many bytes', raw: rest.toString() })
  return {
    deliveries: [{ credential: senderCredential(request), events, rejected: withoutAddresses(rejected) }],
    answer: (outcome) => refusal(outcome) ?? { status: 204 },
  }
}
