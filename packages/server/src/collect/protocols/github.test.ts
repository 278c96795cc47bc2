import { createHmac } from 'node:crypto'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { checkProperties } from '../events/properties.ts'
import { github } from './github.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'

const DELIVERY = '72d3162e-cc78-11e3-81ab-4c9367dc0958'
const SECRET = 'alm_secret'
const signature = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const understand = (kind: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  github.routes[0]?.understand({
    ...asked(`/github/${SECRET}`, body, { 'x-github-event': kind, 'x-github-delivery': DELIVERY, ...headers }),
    params: { key: SECRET },
  }) ?? expect.fail()

// The package's types take its JSON for a module.
const EVENTS = examples as unknown as readonly { readonly name: string; readonly examples: readonly object[] }[]
const ALL = EVENTS.flatMap(({ name, examples: payloads }) => payloads.map((payload) => ({ name, payload })))
const firstOf = (kind: string, action?: string): object =>
  ALL.find(({ name, payload }) => name === kind && (!action || (payload as { action?: string }).action === action))
    ?.payload ?? expect.fail(`there is no example of ${kind}`)
const eventOf = (kind: string, action?: string) =>
  eventsOf(understand(kind, JSON.stringify(firstOf(kind, action))))[0] as { properties: Record<string, unknown> }

test('a star says who gave it to what, when, and how many there are now', () => {
  expect(eventOf('star', 'created')).toEqual({
    name: 'github_star',
    id: DELIVERY,
    timeMs: Date.parse('2019-05-15T15:20:40Z'),
    userId: 'Codertocat',
    address: '',
    properties: {
      action: 'created',
      starred_at: '2019-05-15T15:20:40Z',
      repository: 'Codertocat/Hello-World',
      sender: 'Codertocat',
      stars: 1,
      forks: expect.any(Number),
      watchers: expect.any(Number),
      open_issues: expect.any(Number),
    },
  })
})

test.each([
  { kind: 'fork', properties: { forkee: { full_name: expect.any(String) }, forks: 1 } },
  { kind: 'watch', properties: { action: 'started' } },
  {
    kind: 'pull_request',
    action: 'opened',
    properties: { number: 2, pull_request: { state: 'open', user: 'Codertocat' } },
  },
  { kind: 'release', action: 'published', properties: { release: { tag_name: '0.0.1', prerelease: false } } },
  { kind: 'push', properties: { ref: 'refs/tags/simple-tag', commits: 0 } },
  { kind: 'issues', action: 'opened', properties: { issue: { number: 1 } } },
])('$kind has its own name and what it is about', ({ kind, action, properties }) => {
  expect(eventOf(kind, action)).toMatchObject({ name: `github_${kind}`, userId: expect.any(String), properties })
})

test('every example of every event is understood, and small enough to be kept', () => {
  expect(ALL.length).toBeGreaterThan(300)
  for (const { name, payload } of ALL) {
    const [event] = understand(name, JSON.stringify(payload)).deliveries[0]?.events ?? []
    expect(event?.name).toBe(`github_${name}`)
    expect(checkProperties(event?.properties)).toHaveProperty('properties')
  }
})

test('a form with the JSON in a field is the same', () => {
  const json = JSON.stringify(firstOf('star'))
  const form = new URLSearchParams({ payload: json }).toString()
  expect(eventsOf(understand('star', form))).toEqual(eventsOf(understand('star', json)))
})

describe('the signature', () => {
  const body = JSON.stringify(firstOf('star'))
  const isRight = (header: string | undefined, of = body) =>
    understand('star', of, header === undefined ? {} : { 'x-hub-signature-256': header }).deliveries[0]?.verify?.(
      SECRET,
    )

  test('is right for these bytes and this secret only', () => {
    expect(isRight(signature(body))).toBe(true)
    expect(isRight(signature(body), `${body} `)).toBe(false)
    expect(isRight(signature(body, 'other'))).toBe(false)
  })

  test.each([undefined, '', 'sha256=', 'sha256=zz', `sha1=${'0'.repeat(40)}`, signature('').slice(0, -2)])(
    'is wrong when it is %s',
    (header) => expect(isRight(header)).toBe(false),
  )
})

test('the answer says whether it was taken, and tells no reason why not', () => {
  const understood = understand('star', '{}')
  expect(answerOf(understood).status).toBe(202)
  const refused = answerOf(understood, { accepted: 0, refused: 'wrong_signature' })
  expect(refused).toEqual(answerOf(understood, UNKNOWN))
  expect(refused.status).toBe(401)
})

test.each(HOSTILE_BODIES)('$what throws nothing', ({ body }) => {
  expect(() => understand('star', body)).not.toThrow()
})

test('what has no event name is kept in quarantine', () => {
  const understood = understand('', '{}')
  expect(reasonsOf(understood)).toEqual(['expected X-GitHub-Event and a JSON object'])
  expect(answerOf(understood).status).toBe(400)
})
