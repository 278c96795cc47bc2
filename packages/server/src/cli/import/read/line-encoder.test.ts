import { SourceSettings, type SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import { describe, expect, test } from 'vitest'
import { LOG_FORMATS, type LogFormatName } from '../../../collect/log-formats/log-formats.ts'
import { compilePolicy } from '../../../collect/policy/source-policy.ts'
import { readLines } from '../../../collect/read/line-reader.ts'
import { createLineEncoder } from './line-encoder.ts'

/** What is sent of the first line. */
async function encoded(format: LogFormatName, text: string, settings: SourceSettingsChange = {}) {
  const encoder = createLineEncoder({
    format: LOG_FORMATS[format],
    scope: { source: 'website', environment: 'production', stream: '', identityKey: Buffer.alloc(32, 1) },
    identity: 'stable',
    policy: compilePolicy(SourceSettings.parse(settings)),
    saltsOf: async () => new Map(),
    fileName: 'access.log',
    nowMs: Date.UTC(2026, 0, 15),
  })
  async function* chunks() {
    yield Buffer.from(text)
  }
  for await (const { lines } of readLines(chunks())) {
    for (const encoded of await encoder.encode(lines)) {
      if ('drop' in encoded) return { sent: undefined, reason: undefined, drop: encoded.drop }
      return { sent: JSON.parse(encoded.json), reason: encoded.reason, drop: undefined }
    }
  }
  throw new Error('there is no line')
}

async function rejected(format: LogFormatName, text: string) {
  const { sent, reason } = await encoded(format, text)
  return reason === undefined ? undefined : { ...sent.rejected, shown: reason }
}

test('a line that is cut off is kept so that one can find it in the file, and nobody can find the visitor', async () => {
  const agent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html'
  const rest = `- - [20/May/2015:12:05:17 +0000] "GET /scripts/configlib.py HTTP/1.1" 200 235 "-" "${agent}`
  expect(await rejected('combined', `198.51.100.106 ${rest}`)).toMatchObject({
    line: 1,
    file: 'access.log',
    raw: `198.51.x.x ${rest}`,
    sizeBytes: 15 + rest.length,
  })
})

test.each<{ format: LogFormatName; line: string }>([
  { format: 'combined', line: '198.51.100.7' },
  { format: 'combined', line: '2001:db8:5:6::77 - - [never]' },
  { format: 'combined', line: 'x 198.51.100.7 - - [17/May/2015:10:05:03 +0000] GET' },
  { format: 'combined', line: `${' '.repeat(31)}198.51.100.7` },
  { format: 'combined', line: '::ffff:198.51.100.7 - - "' },
  {
    format: 'caddy-json',
    line: '{"request":{"remote_ip":"198.51.100.7","client_ip":"2001:db8:5:6::77"},"ts":"never"}',
  },
  { format: 'caddy-json', line: '{"request":{"remote_ip":"198.51.100.7"' },
  { format: 'nginx-json', line: '{"remote_addr":"198.51.100.7","time_iso8601":"198.51.100.7"}' },
  { format: 'haproxy', line: '198.51.100.7:33317 [06/Feb/2009:12:14:14.655] http-in' },
  { format: 'elb', line: '2018-07-02T22:23:00Z app 198.51.100.7:2817 10.0.0.1:80' },
  { format: 's3', line: 'owner bucket [never] 198.51.100.7 -' },
])(
  'the address in a line that is no $format is in neither the line nor the reason: $line',
  async ({ format, line }) => {
    const kept = JSON.stringify(await rejected(format, line))
    expect(kept).toContain('"reason"')
    expect(kept).not.toMatch(/198\.51\.\d|5:6|::77/)
  },
)

const line = (address: string) =>
  `${address} - ada [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"`

test('a source that masks addresses knows networks apart, and no visitors in them', async () => {
  const visitorOf = async (address: string) =>
    (await encoded('combined', line(address), { privacy: 'masked' })).sent.visitor

  expect(await visitorOf('192.0.2.7')).toBe(await visitorOf('192.0.77.7'))
  expect(await visitorOf('192.0.2.7')).not.toBe(await visitorOf('192.1.2.7'))
})

test('a source without cookies keeps no name and no user agent, and an event has the same id all the same', async () => {
  const [{ sent }, full] = [
    await encoded('combined', line('192.0.2.7'), { privacy: 'cookieless' }),
    await encoded('combined', line('192.0.2.7')),
  ]

  expect(sent.id).toBe(full.sent.id)
  expect(sent.agentFacts).toMatchObject({ browser: 'Firefox', os: 'Linux' })
  expect(JSON.stringify(sent)).not.toMatch(/"ada"|Mozilla|192\.0/)
  expect((await encoded('combined', 'broken ada', { privacy: 'cookieless' })).sent.rejected.raw).toBe('')
})

describe('what a source filters is left out', () => {
  test.each<{ settings: SourceSettingsChange; address?: string; path?: string; drop: string | undefined }>([
    { settings: { blockedAddresses: ['192.0.2.0/24'] }, drop: 'address' },
    { settings: { blockedAddresses: ['192.0.2.0/24'] }, address: '198.51.100.7', drop: undefined },
    { settings: { blockedAddresses: ['2001:db8::/32'] }, address: '2001:db8:5::1', drop: 'address' },
    { settings: { blockedAddresses: ['192.0.2.0/24'] }, address: 'office.example.com', drop: undefined },
    { settings: { blockedAddresses: ['192.0.2.0/24'], privacy: 'masked' }, drop: 'address' },
    { settings: { blockedPaths: ['/admin/*'] }, path: '/admin/users?id=1', drop: 'path' },
    { settings: { blockedPaths: ['/admin/*'] }, path: '/%61dmin/users', drop: 'path' },
    { settings: { blockedPaths: ['/admin/*'] }, path: '/administrator', drop: undefined },
    // Logs say nothing of them.
    { settings: { allowedOrigins: ['other.example'], respectDoNotTrack: true, eventsPerSecond: 1 }, drop: undefined },
  ])('$settings with $address $path: $drop', async ({ settings, address = '192.0.2.7', path = '/', drop }) => {
    const text = line(address).replace('GET /', `GET ${path}`)
    expect((await encoded('combined', text, settings)).drop).toBe(drop)
  })
})
