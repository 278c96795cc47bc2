import type { ForeignEvent } from '../events/foreign-event.ts'
import { numberOf } from './loose-values.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'
import { refusal } from './sender-answer.ts'
import { senderCredential } from './sender-credential.ts'
import { herokuEvent } from './syslog/heroku-line.ts'
import { LOG_PLATFORM, logLineEvent } from './syslog/log-line-event.ts'
import { type RejectedMessage, withoutAddresses } from './syslog/rejected-message.ts'
import { splitSyslogFrames } from './syslog/syslog-frames.ts'
import { parseSyslogMessage } from './syslog/syslog-message.ts'

/**
 * A drain of Heroku's Logplex. It drops a frame for good on any 4xx, gives up after five seconds and tries three times in
 * all with the same Logplex-Frame-Id, which makes the ids. So a frame is taken whatever is in it, and what cannot be read
 * goes to quarantine.
 */
export const logplex: Protocol = {
  name: 'logplex',
  label: 'Heroku Logplex',
  routes: [
    { methods: ['POST'], path: '/logplex', understand },
    { methods: ['POST'], path: '/logplex/:key', understand },
  ],
}

function understand(request: ProtocolRequest): Understood {
  const { headers, body } = request
  const { messages, rest } = splitSyslogFrames(body)
  const frameId = headers['logplex-frame-id']
  const events: ForeignEvent[] = []
  const rejected: RejectedMessage[] = []
  for (const [index, message] of messages.entries()) {
    const event = eventOf(message.toString(), headers['logplex-drain-token'])
    if ('reason' in event) rejected.push(event)
    else events.push(frameId ? { ...event, id: `${frameId}#${index}` } : event)
  }
  if (rest.length > 0)
    rejected.push({ reason: 'expected a length and a message of as many bytes', raw: rest.toString() })
  const announced = numberOf(headers['logplex-msg-count'])
  if (announced !== undefined && announced !== messages.length) {
    const reason = `expected ${announced} messages, as Logplex-Msg-Count says, got ${messages.length}`
    rejected.push({ reason, raw: body.toString() })
  }
  return {
    deliveries: [{ credential: senderCredential(request), events, rejected: withoutAddresses(rejected) }],
    answer: (outcome) => refusal(outcome) ?? { status: 204 },
  }
}

function eventOf(line: string, drain: string | undefined): ForeignEvent | RejectedMessage {
  const message = parseSyslogMessage(line)
  if (!message) return { reason: 'expected a syslog message such as <174>1 2012-07-22T00:06:26+00:00 …', raw: line }
  const event = herokuEvent(message) ?? logLineEvent(message)
  if ('rejected' in event) return { reason: event.rejected, raw: line }
  // The row of a table is what the app printed, and nothing else.
  const isRow = event.app?.platform === LOG_PLATFORM
  return drain === undefined || isRow ? event : { ...event, properties: { ...event.properties, drain } }
}
