import type { ForeignEvent } from '../events/foreign-event.ts'
import { json, text } from './answers.ts'
import { basicCredential } from './basic-credential.ts'
import { deliveriesOf, type ForProject, isOwnKey } from './credential.ts'
import { dataOf } from './data-field.ts'
import { MAX_ITEMS } from './item-limit.ts'
import { recordOf, textOf } from './loose-values.ts'
import { mixpanelEvent, mixpanelProfile } from './mixpanel-event.ts'
import { PIXEL_ANSWER } from './pixel.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'
import { connectionAddress } from './sender.ts'

/** Mixpanel's ways in: events, old events, and what is known of people and groups. */
export const mixpanel: Protocol = {
  name: 'mixpanel',
  label: 'Mixpanel',
  routes: [
    { methods: ['GET', 'POST'], path: '/track', understand: (request) => understandData(request, mixpanelEvent) },
    { methods: ['GET', 'POST'], path: '/engage', understand: (request) => understandData(request, mixpanelProfile) },
    { methods: ['GET', 'POST'], path: '/groups', understand: (request) => understandData(request, mixpanelProfile) },
    { methods: ['GET', 'POST'], path: '/import', understand: understandImport },
  ],
}

type Reader = (input: unknown) => ForeignEvent | { readonly reason: string }

function understandData(request: ProtocolRequest, read: Reader): Understood {
  const items = itemsOf(request)
  if (!items) return { deliveries: [], answer: () => shortAnswer(request, 400, UNREADABLE) }
  const answer = (outcome: Outcome): ProtocolAnswer => {
    if (outcome.refused) return shortAnswer(request, 401, 'token, missing or not known here')
    const isUseless = outcome.accepted === 0 && outcome.rejected > 0
    return isUseless ? shortAnswer(request, 400, 'no data point is valid') : shortAnswer(request, 200, null)
  }
  return { deliveries: deliveriesOf(forProjects(items, request, read)), answer }
}

function understandImport(request: ProtocolRequest): Understood {
  // The older clients send a field `data` and understand only the short answer.
  if (!/^\s*[[{]/.test(request.body.toString('utf8', 0, 100))) return understandData(request, mixpanelEvent)
  const items = itemsOf(request)
  if (!items) {
    const failed = { code: 400, error: UNREADABLE, status: 'Bad Request' }
    return { deliveries: [], answer: () => json(400, failed) }
  }
  const projects = forProjects(items, request, mixpanelEvent)
  return { deliveries: deliveriesOf(projects), answer: (outcome) => importAnswer(outcome, projects, request) }
}

const UNREADABLE = `the data cannot be read, or is more than ${MAX_ITEMS} items`

function itemsOf(request: ProtocolRequest): readonly unknown[] | undefined {
  const data = dataOf(request)
  if (data === undefined) return undefined
  const items: readonly unknown[] = Array.isArray(data) ? data : [data]
  return items.length > MAX_ITEMS ? undefined : items
}

/** The token is in each item; an import may leave it out there, as the one who asks is known. */
function forProjects(items: readonly unknown[], request: ProtocolRequest, read: Reader): ForProject[] {
  const tokens = items.map(tokenOf)
  const usual = tokens.find((token) => token !== undefined) ?? importerOf(request)
  const address = request.query.get('ip') === '0' ? '' : connectionAddress(request)
  return items.map((item, index) => {
    const credential = tokens[index] ?? usual
    const event = read(item)
    if ('reason' in event) return { credential, rejected: { reason: event.reason, raw: rawWithoutPrivate(item) } }
    return { credential, event: event.address === undefined ? { ...event, address } : event }
  })
}

function tokenOf(item: unknown): string | undefined {
  const fields = recordOf(item)
  return textOf(fields.$token) ?? textOf(recordOf(fields.properties).token)
}

/** A key of ours as the user or as the old API key; else the project's number, as a service account names it. */
function importerOf(request: ProtocolRequest): string | undefined {
  const { query } = request
  const user = basicCredential(request)
  if (isOwnKey(user)) return user
  return query.get('api_key') ?? query.get('project_id') ?? user
}

/** `1` or `0`, or JSON, an image or a script, as the client asks. */
function shortAnswer({ query }: ProtocolRequest, status: number, error: string | null): ProtocolAnswer {
  if (query.get('img') === '1') return PIXEL_ANSWER
  const success = error === null ? 1 : 0
  const isVerbose = query.get('verbose') === '1'
  const callback = query.get('callback')
  if (callback !== null && CALLBACK.test(callback)) {
    const value = isVerbose ? JSON.stringify({ status: success, error }) : success
    return { status: 200, headers: SCRIPT_HEADERS, body: `${callback}(${value});` }
  }
  return isVerbose ? json(status, { status: success, error }) : text(status, String(success))
}

/** The name of a function, or the function that does nothing, which the browser library asks for. */
const CALLBACK = /^(?:[A-Za-z_$][\w$.]{0,100}|\(function\(\)\{\}\))$/
const SCRIPT_HEADERS = { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' }

function importAnswer(outcome: Outcome, projects: readonly ForProject[], { query }: ProtocolRequest): ProtocolAnswer {
  const { accepted, refused } = outcome
  if (refused) return json(401, { code: 401, error: 'Invalid credentials', status: 'Unauthorized' })
  const failed = projects.flatMap(({ rejected }, index) => (rejected ? [{ index, ...failure(rejected.reason) }] : []))
  if (failed.length === 0 || query.get('strict') === '0') {
    return json(200, { code: 200, num_records_imported: accepted, status: 'OK' })
  }
  return json(400, {
    code: 400,
    error: 'some data points in the request failed validation',
    failed_records: failed,
    num_records_imported: accepted,
    status: 'Bad Request',
  })
}

function failure(message: string) {
  return { insert_id: '', field: message.includes('"event"') ? 'event' : '', message }
}
