import { afterAll, beforeAll, expect, test } from 'vitest'
import { almanac } from './support/almanac-command.ts'
import { createEventClient, ingestHasCaughtUp } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** An app that prints `@[database.table] {json}`, drained by Heroku's Logplex, as somebody with SQL sees it. */
let scratch: Scratch
let server: ServerProcess
let key: string

beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
  key = (await createEventClient(server, { source: 'shop' })).secret
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

const MINUTE = Date.UTC(2026, 6, 22, 10, 0) / 1000

/** As Logplex posts a frame. */
async function drain(frameId: string, texts: readonly string[]): Promise<number> {
  const lines = texts.map((text) => `<190>1 2026-07-22T10:00:30.25+00:00 d.fc6b app web.1 - ${text}\n`)
  const response = await fetch(`${server.url}/logplex`, {
    method: 'POST',
    body: lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join(''),
    headers: {
      authorization: `Basic ${btoa(`${key}:`)}`,
      'content-type': 'application/logplex-1',
      'logplex-msg-count': String(lines.length),
      'logplex-frame-id': frameId,
      'logplex-drain-token': 'd.fc6b',
    },
  })
  return response.status
}

async function sql(statement: string): Promise<string[]> {
  const { exitCode, stdout, stderr } = await almanac([
    'sql',
    statement,
    '--format',
    'csv',
    '--data-dir',
    server.dataDir,
  ])
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout.trim().split(/\r?\n/).slice(1)
}

async function untilTable(view: string, column: string): Promise<void> {
  await ingestHasCaughtUp(server)
  await eventually(`${view} has the column ${column}`, async () => {
    const asked = { sql: `SELECT ${column} FROM ${view} LIMIT 0`, limit: 1 }
    return callServer(server, '/api/v1/sql', asked).then(
      () => true,
      () => false,
    )
  })
}

const row = (table: string, fields: object) => `@[shop.${table}] ${JSON.stringify(fields)}`

test('lines of an app are rows of tables that are made on first use, however often a frame comes', async () => {
  const frame = [
    row('register', { user_id: 'u1', time: MINUTE, device: { os: 'iOS', version: 17 } }),
    row('login', { user_id: 'u1', time: MINUTE + 60, first: true }),
    row('access', { path: '/shop', status: 200, ms: 12 }),
    row('pay', { user_id: 'u1', amount: 7, currency: 'EUR', time: MINUTE + 120 }),
    row('pay', { user_id: 'u2', amount: 2.5, currency: 'EUR', time: MINUTE + 7200 }),
    'a plain line',
  ]
  for (let attempt = 0; attempt < 3; attempt++) expect(await drain('09C557EA', frame)).toBe(204)
  await untilTable('shop_pay', 'amount')
  await untilTable('shop_register', 'device_os')

  expect(await sql('SELECT count(), sum(amount) FROM shop_pay')).toEqual(['2,9.5'])
  expect(
    await sql('SELECT toStartOfHour(time) AS hour, sum(amount) FROM shop_pay GROUP BY hour ORDER BY hour'),
  ).toEqual(['2026-07-22 10:00:00,7', '2026-07-22 12:00:00,2.5'])
  expect(await sql('SELECT user_id, device_os, device_version, time FROM shop_register')).toEqual([
    'u1,iOS,17,2026-07-22 10:00:00.000',
  ])
  expect(await sql('SELECT first FROM shop_login JOIN shop_pay USING (user_id)')).toEqual(['true'])
  expect(await sql('SELECT time, status FROM shop_access')).toEqual(['2026-07-22 10:00:30.250,200'])
  expect((await sql('SHOW TABLES')).filter((name) => name.startsWith('shop_'))).toEqual([
    'shop_access',
    'shop_login',
    'shop_pay',
    'shop_register',
  ])
  expect(await sql("SELECT name FROM events WHERE name LIKE 'log%'")).toEqual(['log_line'])
})

test('a new key is a new column, and text where there were numbers makes a column of text', async () => {
  await drain('grow-1', [row('buy', { amount: 7 })])
  await untilTable('shop_buy', 'amount')
  expect(await sql('SELECT toTypeName(amount) FROM shop_buy')).toEqual(['Nullable(Int64)'])
  await drain('grow-2', [row('buy', { amount: 'seven', coupon: 'X' }), row('buy', { amount: 0.5 })])
  await untilTable('shop_buy', 'coupon')
  expect(await sql('SELECT amount, coupon FROM shop_buy ORDER BY amount')).toEqual(['0.5,', '7,', 'seven,X'])
})

test('what Heroku had to drop is counted, once', async () => {
  const loss = 'Error L10 (output buffer overflow): 491 messages dropped since 2026-07-22T10:00:00+00:00.'
  const line = `<172>1 2026-07-22T10:00:27+00:00 host heroku logplex - ${loss}\n`
  for (let attempt = 0; attempt < 2; attempt++) {
    await fetch(`${server.url}/logplex/${key}`, {
      method: 'POST',
      body: `${line.length} ${line}`,
      headers: { 'logplex-frame-id': 'loss', 'logplex-msg-count': '1' },
    })
  }
  await ingestHasCaughtUp(server)
  expect(await sql("SELECT sum(properties.count.:Int64), count() FROM events WHERE name = 'log_loss'")).toEqual([
    '491,1',
  ])
})

test('the tables are there after a restart, and the state counts them', async () => {
  await server.stop()
  server = await scratch.start()
  expect(await sql('SELECT count(), sum(amount) FROM shop_pay')).toEqual(['2,9.5'])
  await drain('late', [row('pay', { user_id: 'u3', amount: 1, note: 'late' })])
  await untilTable('shop_pay', 'note')
  expect(await sql('SELECT sum(amount), max(note) FROM shop_pay')).toEqual(['10.5,late'])
  expect(await callServer(server, '/api/v1/status')).toMatchObject({ logTables: { count: 5, problem: null } })
})
