import { createHmac } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { afterAll, beforeAll, expect, test } from 'vitest'
import { almanac } from '../support/almanac-command.ts'
import { createEventClient, ingestHasCaughtUp } from '../support/event-client.ts'
import { makeScratch, type Scratch } from '../support/scratch.ts'
import { callServer, type ServerProcess } from '../support/server-process.ts'

/** Servers that deliver: adjust, Heroku, GitHub and others, with the requests that they document; and log files. */
let scratch: Scratch
let server: ServerProcess

beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

const keyFor = async (source: string) => (await createEventClient(server, { source })).secret

interface SqlAnswer {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

async function sqlRows<T>(sql: string): Promise<T[]> {
  await ingestHasCaughtUp(server)
  const { columns, rows } = await callServer<SqlAnswer>(server, '/api/v1/sql', { sql, limit: 1000 })
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])) as T)
}

function rows<T>(source: string, columns: string): Promise<T[]> {
  return sqlRows(`SELECT ${columns} FROM events WHERE source = '${source}' ORDER BY log_position, log_index`)
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body, headers })
}

test('adjust calls an address up to seven times, and it is one event', async () => {
  const key = await keyFor('game')
  const query =
    'adid=18546f61&tracker_name=Network%3A%3ASpring%3A%3AWomen%3A%3AVideo&activity_kind=event&event_name=purchase&created_at=1760000000&revenue_float=4.99&currency=EUR&environment=production&level=7'
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await fetch(`${server.url}/adjust/${key}?${query}`)
    expect([response.status, await response.text()]).toEqual([200, 'OK'])
  }
  await fetch(`${server.url}/adjust/${key}?${query.replace('production', 'sandbox')}`)
  const found = await rows('game', 'name, environment, anonymous_id, campaign_source, campaign_name')
  expect(found).toMatchObject([
    {
      name: 'purchase',
      environment: 'production',
      anonymous_id: '18546f61',
      campaign_source: 'Network',
      campaign_name: 'Spring',
    },
    { name: 'purchase', environment: 'sandbox' },
  ])
})

test('a frame of Logplex that is delivered again is stored once, and what it cannot tell is in quarantine', async () => {
  const key = await keyFor('heroku')
  const lines = [
    '<190>1 2026-07-22T00:06:26+00:00 d.fc6b app web.1 - @[production.item] {"price":7}',
    '<190>1 2026-07-22T00:06:26+00:00 d.fc6b app web.1 - a plain line',
    `<158>1 ${new Date().toISOString()} host heroku router - at=info method=GET path="/shop" host=app.example.com fwd="198.51.100.7" service=18ms status=200 bytes=13 protocol=https`,
    '<172>1 2026-07-22T00:06:27+00:00 host heroku logplex - Error L10 (output buffer overflow): 491 messages dropped since 2026-07-22T00:06:00+00:00.',
    '<190>1 2026-07-22T00:06:28+00:00 d.fc6b app web.1 - @[production.item] {"price":',
  ]
  const body = lines.map((line) => `${line.length + 1} ${line}\n`).join('')
  const headers = {
    authorization: `Basic ${btoa(`${key}:`)}`,
    'content-type': 'application/logplex-1',
    'logplex-msg-count': '5',
    'logplex-frame-id': '09C557EAFCFB6CF2740EE62F62971098',
    'logplex-drain-token': 'd.fc6b',
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await post('/logplex', body, headers)
    expect([response.status, await response.text()]).toEqual([204, ''])
  }
  const found = await rows<{ name: string; visitor_id: string }>('heroku', 'name, visitor_id, status, path')
  expect(found.map(({ name }) => name)).toEqual(['production.item', 'log_line', 'page_view', 'log_loss'])
  expect(found[2]).toMatchObject({ status: 200, path: '/shop' })
  // Only the request is somebody's: the others came over the log router's connection.
  expect(found.map(({ visitor_id }) => String(visitor_id) === '0')).toEqual([true, true, false, true])
  const quarantined = await sqlRows("SELECT DISTINCT reason FROM quarantine WHERE source = 'heroku'")
  expect(quarantined).toEqual([{ reason: 'expected a JSON object after @[production.item]' }])
})

test('syslog lines are stored', async () => {
  const key = await keyFor('hosts')
  const body =
    '<34>1 2026-07-22T00:06:26.003Z web1 su - ID47 - failed\n<34>1 2026-07-22T00:06:26.004Z web1 su - ID47 - again\n'
  for (let attempt = 0; attempt < 2; attempt++) expect((await post(`/syslog/${key}`, body)).status).toBe(204)
  expect(await rows('hosts', 'name, properties.message AS message')).toEqual([
    { name: 'log_line', message: 'failed' },
    { name: 'log_line', message: 'again' },
  ])
})

// The package's types take its JSON for a module.
const EVENTS = examples as unknown as readonly { readonly name: string; readonly examples: readonly object[] }[]

test('webhooks of GitHub are stored once by their delivery, and only with the right signature', async () => {
  const key = await keyFor('repository')
  const deliver = (kind: string, delivery: string, secret = key) => {
    const payload = EVENTS.find(({ name }) => name === kind)?.examples[0]
    const body = JSON.stringify(payload)
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    return post(`/github/${key}`, body, {
      'content-type': 'application/json',
      'x-github-event': kind,
      'x-github-delivery': delivery,
      'x-hub-signature-256': `sha256=${signature}`,
    })
  }
  for (const kind of ['star', 'fork', 'watch', 'pull_request', 'release']) {
    expect((await deliver(kind, `${kind}-1`)).status).toBe(202)
    expect((await deliver(kind, `${kind}-1`)).status).toBe(202)
  }
  expect((await deliver('star', 'star-2', 'wrong')).status).toBe(401)
  expect((await post('/github/alm_unknown', '{}', { 'x-github-event': 'star' })).status).toBe(401)

  expect(await rows('repository', 'name, user_id, message_id, properties.repository AS repository')).toEqual(
    ['star', 'fork', 'watch', 'pull_request', 'release'].map((kind) => ({
      name: `github_${kind}`,
      user_id: kind === 'fork' ? 'Octocoders' : 'Codertocat',
      message_id: `${kind}-1`,
      repository: 'Codertocat/Hello-World',
    })),
  )
})

test('a name that was given to a source signs nothing', async () => {
  await keyFor('named')
  await callServer(server, '/api/v1/source-names', { protocol: 'github', name: 'guessable', source: 'named' })
  const body = '{"action":"created"}'
  const signature = createHmac('sha256', 'guessable').update(body).digest('hex')
  const headers = { 'x-github-event': 'star', 'x-hub-signature-256': `sha256=${signature}` }
  expect((await post('/github/guessable', body, headers)).status).toBe(401)
})

test('any JSON is stored, with name, id and time from where the address says', async () => {
  const key = await keyFor('billing')
  const address = `/webhook/${key}?name=$.type&id=$.data.id&time=$.created`
  const body = JSON.stringify({ type: 'invoice.paid', created: 1_760_000_000, data: { id: 'in_1', total: 700 } })
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await post(address, body)
    expect([response.status, await response.json()]).toEqual([202, { accepted: 1, rejected: 0 }])
  }
  expect((await post(address, body, { 'x-signature': 'f'.repeat(64) })).status).toBe(401)
  expect(await rows('billing', 'name, message_id, toUnixTimestamp(occurred_at) AS at')).toEqual([
    { name: 'invoice.paid', message_id: 'in_1', at: 1_760_000_000 },
  ])
})

test('a log of IIS is imported without a word about its format, and pages are told from the rest', async () => {
  const file = join(server.dataDir, '..', 'u_ex180615.log')
  const requests = ['GET / 200', 'GET /app.js 200', 'GET /old 301', 'GET /gone 404', 'POST /api/orders 201']
  const lines = requests.map((request, n) => `2018-06-15 07:01:0${n} 203.0.113.9 Mozilla/5.0+(X11) ${request}`)
  const fields = '#Fields: date time c-ip cs(User-Agent) cs-method cs-uri-stem sc-status'
  await writeFile(
    file,
    `#Software: Microsoft Internet Information Services 10.0\r\n${fields}\r\n${lines.join('\r\n')}\r\n`,
  )
  const { exitCode, stdout } = await almanac([
    'import',
    file,
    '--source',
    'iis',
    '--json',
    '--data-dir',
    server.dataDir,
  ])
  expect([exitCode, JSON.parse(stdout).files[0]]).toMatchObject([0, { stored: 5, quarantined: 0, unaccounted: 0 }])
  expect(await rows('iis', 'name, path, properties.kind AS kind')).toEqual([
    { name: 'page_view', path: '/', kind: null },
    { name: 'request', path: '/app.js', kind: 'asset' },
    { name: 'request', path: '/old', kind: 'redirect' },
    { name: 'request', path: '/gone', kind: 'error' },
    { name: 'request', path: '/api/orders', kind: 'api' },
  ])
})
