import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { isSignatureOf } from './hmac-signature.ts'
import { isRecord, type JsonRecord, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'
import { refusal } from './sender-answer.ts'
import { senderCredential } from './sender-credential.ts'

/**
 * Webhooks of GitHub. The key stands in the address and is the webhook's secret as well: each delivery is signed with it.
 * A delivery that is sent again, by hand or by a program, has the same id. All that GitHub tells of the things involved
 * is kept but for what they refer to (other things, and addresses of its API), which would be thousands of values.
 */
export const github: Protocol = {
  name: 'github',
  label: 'GitHub webhooks',
  routes: [{ methods: ['POST'], path: '/github/:key', understand }],
}

function understand(request: ProtocolRequest): Understood {
  const { headers, body } = request
  const kind = headers['x-github-event'] ?? ''
  const payload = payloadOf(body.toString())
  const verify = (secret: string) => isSignatureOf(headers['x-hub-signature-256'] ?? '', body, secret)
  const isEvent = /^\w{1,100}$/.test(kind) && isRecord(payload)
  const reason = 'expected X-GitHub-Event and a JSON object'
  return {
    deliveries: [
      {
        credential: senderCredential(request),
        verify,
        events: isEvent ? [eventOf(kind, payload, headers['x-github-delivery'])] : [],
        rejected: isEvent ? [] : [{ reason, raw: body.toString() }],
      },
    ],
    answer: (outcome) => refusal(outcome) ?? { status: outcome.rejected > 0 ? 400 : 202 },
  }
}

/** As JSON, or as a form with the JSON in one field: GitHub lets people choose. */
function payloadOf(body: string): unknown {
  return jsonOf(body.startsWith('payload=') ? (new URLSearchParams(body).get('payload') ?? '') : body)
}

function eventOf(kind: string, payload: JsonRecord, deliveryId: string | undefined): ForeignEvent {
  const repository = recordOf(payload.repository)
  return {
    name: `github_${kind}`,
    id: deliveryId,
    timeMs: timeOf(payload),
    userId: textOf(recordOf(payload.sender).login),
    address: '',
    properties: {
      ...thingsIn(payload),
      ...present({
        repository: textOf(repository.full_name),
        organization: textOf(recordOf(payload.organization).login),
        sender: textOf(recordOf(payload.sender).login),
        stars: numberOf(repository.stargazers_count),
        forks: numberOf(repository.forks_count),
        watchers: numberOf(repository.subscribers_count) ?? numberOf(repository.watchers_count),
        open_issues: numberOf(repository.open_issues_count),
        commits: Array.isArray(payload.commits) ? payload.commits.length : undefined,
      }),
    },
  }
}

/** When it happened, as the thing that it happened to tells; a delivery may come hours later. */
function timeOf(payload: JsonRecord): number | undefined {
  if (payload.starred_at) return timeMsOf(payload.starred_at)
  for (const [thing, field] of TIMES) {
    const timeMs = timeMsOf(recordOf(payload[thing])[field])
    if (timeMs !== undefined) return timeMs
  }
  return undefined
}

// The comment goes before the issue that it is about.
const TIMES = [
  ['comment', 'updated_at'],
  ['review', 'submitted_at'],
  ['pull_request', 'updated_at'],
  ['issue', 'updated_at'],
  ['release', 'published_at'],
  ['forkee', 'created_at'],
  ['head_commit', 'timestamp'],
  ['workflow_run', 'updated_at'],
] as const

/** `action` and the like as they are; of the pull request, the release, the issue … their own values. */
function thingsIn(payload: JsonRecord): Record<string, unknown> {
  const things = Object.entries(payload).filter(([name]) => !NOT_THINGS.has(name))
  return Object.fromEntries(
    things.flatMap(([name, value]): [string, unknown][] => {
      if (isScalar(value)) return [[name, value]]
      return isRecord(value) ? [[name, ownValues(value)]] : []
    }),
  )
}

const NOT_THINGS = new Set(['repository', 'organization', 'sender', 'installation', 'enterprise', 'hook'])

function ownValues(thing: JsonRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(thing).flatMap(([name, value]): [string, unknown][] => {
      const isReference = name === 'url' || name === 'node_id' || (name.endsWith('_url') && name !== 'html_url')
      if (isScalar(value)) return isReference ? [] : [[name, value]]
      const login = textOf(recordOf(value).login)
      return login === undefined ? [] : [[name, login]]
    }),
  )
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
