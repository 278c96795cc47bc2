import { AppError } from '@almanac/core/errors.ts'
import { expect, test } from 'vitest'
import { type CliSettings, loadConfig } from './config.ts'
import { configurationPage } from './settings.ts'

function problems(env: NodeJS.ProcessEnv, options?: CliSettings): unknown {
  try {
    return loadConfig(env, options)
  } catch (error) {
    if (error instanceof AppError) return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw error
  }
}

test('an empty environment gives a single node on loopback', () => {
  expect(loadConfig({})).toMatchObject({
    dataDir: './almanac-data',
    host: '127.0.0.1',
    port: 4680,
    cluster: '',
    clickhouseUrl: undefined,
    minFreeDiskBytes: 512 * 1024 * 1024,
    maxIngestLagBytes: 16 * 1024 ** 3,
  })
})

test('an option wins over the environment, which wins over the default', () => {
  expect(loadConfig({ ALMANAC_PORT: '1', ALMANAC_HOST: '::1' }, { port: 2 })).toMatchObject({ port: 2, host: '::1' })
})

test('an empty variable counts as not set', () => {
  expect(loadConfig({ ALMANAC_PORT: '', ALMANAC_CLICKHOUSE_URL: '' }).port).toBe(4680)
})

test('a configuration can not be changed', () => {
  expect(Object.isFrozen(loadConfig({}))).toBe(true)
})

test('all problems are reported at once, each with the name of its setting', () => {
  expect(problems({ ALMANAC_LOG_LEVEL: 'loud', ALMANAC_MIN_FREE_DISK_BYTES: 'much' }, { port: 'http' })).toEqual([
    '--port: expected a port between 0 and 65535, got "http"',
    expect.stringMatching(/^ALMANAC_LOG_LEVEL: .*"trace"/),
    'ALMANAC_MIN_FREE_DISK_BYTES: expected a size such as 512MiB, got "much"',
  ])
})

test.each(['-1', '65536', '1.5', '0x10', ' 80'])('"%s" is not a port', (port) => {
  expect(problems({ ALMANAC_PORT: port })).toHaveLength(1)
})

test.each([
  { text: '1000', bytes: 1000 },
  { text: '2KiB', bytes: 2048 },
  { text: '1 GiB', bytes: 1024 ** 3 },
])('the size $text is $bytes bytes', ({ text, bytes }) => {
  expect(loadConfig({ ALMANAC_MIN_FREE_DISK_BYTES: text }).minFreeDiskBytes).toBe(bytes)
})

test('a password in a wrong address is not repeated', () => {
  const url = 'mysql://almanac:geheim@db:3306/almanac'
  expect(problems({ ALMANAC_POSTGRES_URL: url })).toEqual([
    'ALMANAC_POSTGRES_URL: expected an address such as postgres://user:password@host:5432/almanac',
  ])
})

test('an outside ClickHouse needs a user for the SQL of users', () => {
  expect(problems({ ALMANAC_CLICKHOUSE_URL: 'http://db:8123' })).toEqual([
    'ALMANAC_CLICKHOUSE_READER_URL: expected a value too, because ALMANAC_CLICKHOUSE_URL is set',
  ])
})

test('a cluster name can not carry SQL', () => {
  const env = { ALMANAC_CLICKHOUSE_URL: 'http://db', ALMANAC_CLICKHOUSE_READER_URL: 'http://db' }
  expect(problems({ ...env, ALMANAC_CLUSTER: `x' ENGINE` })).toHaveLength(1)
  expect(loadConfig({ ...env, ALMANAC_CLUSTER: '{cluster}' }).cluster).toBe('{cluster}')
})

test('docs/configuration.md lists every setting', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../../docs/configuration.md')
})
