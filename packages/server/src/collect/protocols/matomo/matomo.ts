import { jsonOf } from '../../read/json-text.ts'
import { json, text } from '../answers.ts'
import { deliveriesOf, type ForProject, isOwnKey, secretOrName } from '../credential.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from '../loose-values.ts'
import { PIXEL_GIF } from '../pixel.ts'
import { rawWithoutPrivate } from '../private-fields.ts'
import type { Protocol, ProtocolAnswer, ProtocolRequest, Understood } from '../protocol.ts'
import { matomoEvent } from './matomo-event.ts'

/**
 * Matomo's HTTP tracking API: `matomo.php` and its older names, one request in the query, in a form or (as its browser
 * script does it) in the query of a POST without a body, and many in JSON.
 *
 * Matomo trusts the visitor's address, its place and an old time only from those who have a `token_auth`. So do we, and
 * the token is a key of ours: then it is also what says which source is meant. A site's number alone is public.
 */
export const matomo: Protocol = {
  name: 'matomo',
  label: 'Matomo',
  routes: ['/matomo.php', '/piwik.php', '/js/tracker.php'].map((path) => ({
    methods: ['GET', 'POST'],
    path,
    understand,
  })),
}

function understand(request: ProtocolRequest): Understood {
  const inQuery = recordOf(Object.fromEntries(request.query))
  const bulk = bulkOf(request)
  if (bulk) return understandBulk(request, inQuery, bulk)

  // As in PHP, the query wins over the form.
  const parameters = { ...Object.fromEntries(new URLSearchParams(request.body.toString())), ...inQuery }
  const item = itemOf(parameters, undefined, request)
  return {
    deliveries: item.credential === undefined ? [] : deliveriesOf([item]),
    answer: ({ rejected, refused }) => {
      if (item.credential === undefined || rejected > 0 || refused) return text(400, NOT_TRACKED)
      const noStore: Record<string, string> = request.method === 'GET' ? { 'cache-control': 'no-store' } : {}
      if (parameters.send_image === '0') return { status: 204, headers: noStore }
      return { status: 200, headers: { 'content-type': 'image/gif', ...noStore }, body: PIXEL_GIF }
    },
  }
}

function understandBulk(
  request: ProtocolRequest,
  inQuery: JsonRecord,
  bulk: JsonRecord & { requests: unknown[] },
): Understood {
  const token = textOf(bulk.token_auth) ?? textOf(inQuery.token_auth)
  const items = bulk.requests.map((item) => itemOf(parametersOf(item), token, request))
  // Without a site nobody can be found to keep them for.
  const ofNobody = items.filter(({ credential }) => credential === undefined).length
  return {
    deliveries: deliveriesOf(items.filter(({ credential }) => credential !== undefined)),
    answer: ({ accepted, rejected }): ProtocolAnswer => {
      if (inQuery.send_image === '0' || String(bulk.send_image) === '0') return { status: 204 }
      return json(200, { status: 'success', tracked: accepted, invalid: rejected + ofNobody })
    },
  }
}

const NOT_TRACKED = 'Nothing was tracked: expected rec=1 and an idsite that a source is called by.\n'

/** The JSON body of many requests, which Matomo knows by that word in it. */
function bulkOf({ body }: ProtocolRequest): (JsonRecord & { requests: unknown[] }) | undefined {
  if (!body.includes('"requests"')) return undefined
  const parsed = jsonOf(body)
  return isRecord(parsed) && Array.isArray(parsed.requests) ? { ...parsed, requests: parsed.requests } : undefined
}

/** A request in a bulk is a query such as `?idsite=1&rec=1`, or an object of the same. */
function parametersOf(item: unknown): JsonRecord {
  if (typeof item !== 'string') return recordOf(item)
  return Object.fromEntries(new URLSearchParams(item.slice(item.indexOf('?') + 1)))
}

function itemOf(parameters: JsonRecord, sharedToken: string | undefined, request: ProtocolRequest): ForProject {
  const token = textOf(parameters.token_auth) ?? sharedToken
  const credential = secretOrName(token, textOf(parameters.idsite))
  const event = matomoEvent(parameters, { isTrusted: isOwnKey(token), request })
  if (typeof event !== 'string') return { credential, event }
  return { credential, rejected: { reason: event, raw: rawWithoutPrivate(parameters) } }
}
