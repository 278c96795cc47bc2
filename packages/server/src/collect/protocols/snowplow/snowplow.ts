import { jsonOf } from '../../read/json-text.ts'
import { text } from '../answers.ts'
import { deliveriesOf, type ForProject } from '../credential.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from '../loose-values.ts'
import { PIXEL_ANSWER } from '../pixel.ts'
import { rawWithoutPrivate } from '../private-fields.ts'
import type { Protocol, ProtocolAnswer, ProtocolRequest, Understood } from '../protocol.ts'
import { snowplowEvent } from './snowplow-event.ts'

/**
 * Snowplow's tracker protocol. A collector of Snowplow knows no projects: ours takes the application's id (`aid`) for one.
 * It shares the pixel's path `/i` with Countly, and knows its own by the kind of event and the tracker's version.
 */
export const snowplow: Protocol = {
  name: 'snowplow',
  label: 'Snowplow',
  routes: [
    { methods: ['POST'], path: '/com.snowplowanalytics.snowplow/tp2', understand: understandMany },
    { methods: ['GET'], path: '/i', isMine, understand: understandOne },
  ],
}

function isMine({ query }: ProtocolRequest): boolean {
  return query.has('e') && (query.has('tv') || query.has('aid')) && !query.has('app_key')
}

function understandMany(request: ProtocolRequest): Understood {
  const { data } = recordOf(jsonOf(request.body))
  const items = Array.isArray(data) ? data.map((event) => itemOf(event, request)) : []
  return understood(items, text(200, 'ok'))
}

function understandOne(request: ProtocolRequest): Understood {
  return understood([itemOf(Object.fromEntries(request.query), request)], PIXEL_ANSWER)
}

/** A collector takes everything and looks at it later. Only who asks is told at once, or it would never be noticed. */
function understood(items: readonly ForProject[], answer: ProtocolAnswer): Understood {
  return {
    deliveries: deliveriesOf(items),
    answer: ({ accepted, refused }) => {
      if (refused === undefined || accepted > 0) return answer
      return text(401, refused === 'no_credential' ? 'expected an appId\n' : 'no source is called by that appId\n')
    },
  }
}

function itemOf(sent: unknown, request: ProtocolRequest): ForProject {
  const payload: JsonRecord = recordOf(sent)
  const credential = textOf(payload.aid)
  const event = isRecord(sent) ? snowplowEvent(payload, request) : undefined
  if (event) return { credential, event }
  return {
    credential,
    rejected: { reason: 'expected an event of a kind that Snowplow knows', raw: rawWithoutPrivate(sent) },
  }
}
