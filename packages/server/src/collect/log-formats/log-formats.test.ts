import { describe, expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'
import { LOG_FORMAT_NAMES, LOG_FORMATS, type LogFormatName } from './log-formats.ts'

const CONTEXT = { nowMs: Date.parse('2026-01-15T12:00:00Z'), environment: 'production' } as const

/** Lines as the makers of each format document them, and what they mean. */
interface Sample {
  readonly format: LogFormatName
  readonly lines: readonly string[]
  readonly at: string
  readonly address: string
  readonly event: object
}

const SAMPLES: readonly Sample[] = [
  {
    format: 'common',
    lines: ['127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'],
    at: '2000-10-10T20:55:36.000Z',
    address: '127.0.0.1',
    event: {
      name: 'request',
      method: 'GET',
      url: '/apache_pb.gif',
      status: 200,
      bytes: 2326,
      properties: { protocol: 'HTTP/1.0', remote_user: 'frank', kind: 'asset' },
    },
  },
  {
    format: 'combined',
    lines: [
      '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /start HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
    ],
    at: '2000-10-10T20:55:36.000Z',
    address: '127.0.0.1',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/start',
      status: 200,
      bytes: 2326,
      referrer: 'http://www.example.com/start.html',
      userAgent: 'Mozilla/4.08 [en] (Win98; I ;Nav)',
      properties: { protocol: 'HTTP/1.0' },
    },
  },
  {
    format: 'vhost-combined',
    lines: [
      'www.example.com:443 192.0.2.7 - - [17/May/2015:10:05:03 +0000] "GET /shop?page=2 HTTP/1.1" 200 512 "-" "Mozilla/5.0"',
    ],
    at: '2015-05-17T10:05:03.000Z',
    address: '192.0.2.7',
    event: {
      name: 'page_view',
      method: 'GET',
      url: 'https://www.example.com/shop?page=2',
      status: 200,
      bytes: 512,
      userAgent: 'Mozilla/5.0',
      properties: { protocol: 'HTTP/1.1' },
    },
  },
  {
    format: 'traefik',
    lines: [
      '10.0.0.3 - - [04/Mar/2024:16:30:25 +0000] "GET /dashboard HTTP/1.1" 200 1530 "-" "curl/7.81.0" 42 "web@docker" "http://172.18.0.2:8000" 7ms',
    ],
    at: '2024-03-04T16:30:25.000Z',
    address: '10.0.0.3',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/dashboard',
      status: 200,
      bytes: 1530,
      durationMs: 7,
      userAgent: 'curl/7.81.0',
      properties: { protocol: 'HTTP/1.1', router: 'web@docker', server: 'http://172.18.0.2:8000' },
    },
  },
  {
    format: 'traefik-json',
    lines: [
      '{"ClientAddr":"192.168.99.1:57372","ClientHost":"192.168.99.1","ClientUsername":"-","DownstreamContentSize":453,"DownstreamStatus":404,"Duration":2510450,"OriginStatus":404,"RequestAddr":"whoami.example.com","RequestHost":"whoami.example.com","RequestMethod":"GET","RequestPath":"/gone","RequestProtocol":"HTTP/2.0","RequestScheme":"https","RouterName":"whoami@docker","StartUTC":"2024-03-04T16:30:25.123456789Z","level":"info","msg":"","request_User-Agent":"Mozilla/5.0","time":"2024-03-04T16:30:25Z"}',
    ],
    at: '2024-03-04T16:30:25.123Z',
    address: '192.168.99.1',
    event: {
      name: 'request',
      method: 'GET',
      url: 'https://whoami.example.com/gone',
      status: 404,
      bytes: 453,
      durationMs: 2.51,
      userAgent: 'Mozilla/5.0',
      properties: { protocol: 'HTTP/2.0', router: 'whoami@docker', origin_status: 404, kind: 'error' },
    },
  },
  {
    format: 'caddy-json',
    lines: [
      '{"level":"info","ts":1646861401.5241024,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"127.0.0.1","remote_port":"41342","client_ip":"127.0.0.1","proto":"HTTP/2.0","method":"GET","host":"localhost","uri":"/","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],"Accept-Encoding":["gzip, deflate, br"]},"tls":{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"example.com"}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"],"Content-Encoding":["gzip"],"Content-Type":["text/html; charset=utf-8"],"Vary":["Accept-Encoding"]}}',
    ],
    at: '2022-03-09T21:30:01.524Z',
    address: '127.0.0.1',
    event: {
      name: 'page_view',
      method: 'GET',
      url: 'https://localhost/',
      status: 200,
      bytes: 10900,
      durationMs: 0.93,
      userAgent: 'curl/7.82.0',
      properties: { protocol: 'HTTP/2.0', logger: 'http.log.access', bytes_read: 0 },
    },
  },
  {
    format: 'nginx-json',
    lines: [
      '{"time_iso8601":"2023-09-15T18:42:59+02:00","remote_addr":"198.51.100.4","remote_user":"","request":"POST /api/orders HTTP/1.1","status":"201","body_bytes_sent":"612","request_time":"0.013","http_referer":"https://example.com/cart","http_user_agent":"Mozilla/5.0","host":"shop.example.com","scheme":"https","upstream_status":"201","http_cookie":"session=secret"}',
    ],
    at: '2023-09-15T16:42:59.000Z',
    address: '198.51.100.4',
    event: {
      name: 'request',
      method: 'POST',
      url: 'https://shop.example.com/api/orders',
      status: 201,
      bytes: 612,
      durationMs: 13,
      referrer: 'https://example.com/cart',
      userAgent: 'Mozilla/5.0',
      properties: { protocol: 'HTTP/1.1', upstream_status: '201', kind: 'api' },
    },
  },
  {
    format: 'w3c',
    lines: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2018-06-15 07:01:02',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
      '2018-06-15 07:01:02 10.0.0.5 GET /default.aspx id=5 80 - 203.0.113.9 Mozilla/5.0+(compatible;+bot/1.0;++http://bot.example/) https://example.com/ 200 0 0 31',
    ],
    at: '2018-06-15T07:01:02.000Z',
    address: '203.0.113.9',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/default.aspx?id=5',
      status: 200,
      durationMs: 31,
      referrer: 'https://example.com/',
      userAgent: 'Mozilla/5.0 (compatible; bot/1.0; +http://bot.example/)',
      properties: { s_ip: '10.0.0.5', s_port: '80', sc_substatus: '0', sc_win32_status: '0' },
    },
  },
  {
    format: 'cloudfront',
    lines: [
      '#Version: 1.0',
      '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken',
      [
        '2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200\t-',
        'Mozilla/5.0%20(Windows%20NT%2010.0)\t-\tsession=secret\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
        'www.example.com\thttps\t23\t0.001',
      ].join('\t'),
    ],
    at: '2019-12-04T21:02:31.000Z',
    address: '192.0.2.100',
    event: {
      name: 'page_view',
      method: 'GET',
      url: 'https://www.example.com/index.html',
      status: 200,
      bytes: 392,
      durationMs: 1,
      userAgent: 'Mozilla/5.0 (Windows NT 10.0)',
      properties: {
        x_edge_location: 'LAX1',
        x_edge_result_type: 'Hit',
        x_edge_request_id: 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
        cs_bytes: '23',
      },
    },
  },
  {
    format: 'combined-extended',
    lines: [
      '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /start HTTP/1.0" 200 2326 "-" "Mozilla/5.0" "198.51.100.7, 10.0.0.2" 0.123 - "req-1 for 192.0.2.1"',
    ],
    at: '2000-10-10T20:55:36.000Z',
    address: '198.51.100.7',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/start',
      status: 200,
      bytes: 2326,
      userAgent: 'Mozilla/5.0',
      properties: { protocol: 'HTTP/1.0', extra: '0.123 req-1 for 192.0.x.x' },
    },
  },
  {
    format: 'haproxy',
    lines: [
      'Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
    ],
    at: '2009-02-06T12:14:14.655Z',
    address: '10.0.1.2',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/index.html',
      status: 200,
      bytes: 2750,
      durationMs: 109,
      properties: {
        protocol: 'HTTP/1.1',
        frontend: 'http-in',
        backend: 'static',
        server: 'srv1',
        captured_request_headers: '1wt.eu',
      },
    },
  },
  {
    format: 'elb',
    lines: [
      '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
    ],
    at: '2015-05-13T23:39:43.945Z',
    address: '192.168.131.39',
    event: {
      name: 'page_view',
      method: 'GET',
      url: 'http://www.example.com:80/',
      status: 200,
      bytes: 29,
      durationMs: 1.178,
      userAgent: 'curl/7.38.0',
      properties: {
        protocol: 'HTTP/1.1',
        load_balancer: 'my-loadbalancer',
        backend: '10.0.0.1:80',
        backend_status: 200,
        received_bytes: 0,
      },
    },
  },
  {
    format: 'alb',
    lines: [
      'https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 301 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_123456',
    ],
    at: '2018-07-02T22:23:00.186Z',
    address: '192.168.131.39',
    event: {
      name: 'request',
      method: 'GET',
      url: 'https://www.example.com:443/',
      status: 301,
      bytes: 57,
      durationMs: 171,
      userAgent: 'curl/7.46.0',
      properties: {
        protocol: 'HTTP/1.1',
        type: 'https',
        load_balancer: 'app/my-loadbalancer/50dc6c495c0c9188',
        target: '10.0.0.1:80',
        target_status: 200,
        received_bytes: 0,
        tls_cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
        tls_version: 'TLSv1.2',
        target_group: 'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067',
        trace_id: 'Root=1-58337281-1d84f3d73c47ec4e58577259',
        domain: 'www.example.com',
        rule: '1',
        actions: 'authenticate,forward',
        kind: 'redirect',
      },
    },
  },
  {
    format: 's3',
    lines: [
      '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be DOC-EXAMPLE-BUCKET1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be 3E57427F3EXAMPLE REST.GET.OBJECT photos/a.html "GET /photos/a.html HTTP/1.1" 200 - 113 113 7 5 "-" "S3Console/0.4" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader DOC-EXAMPLE-BUCKET1.s3.us-west-1.amazonaws.com TLSV1.2 - -',
    ],
    at: '2019-02-06T00:00:38.000Z',
    address: '192.0.2.3',
    event: {
      name: 'page_view',
      method: 'GET',
      url: '/photos/a.html',
      status: 200,
      bytes: 113,
      durationMs: 7,
      userAgent: 'S3Console/0.4',
      properties: {
        protocol: 'HTTP/1.1',
        bucket: 'DOC-EXAMPLE-BUCKET1',
        bucket_owner: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
        requester: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
        request_id: '3E57427F3EXAMPLE',
        operation: 'REST.GET.OBJECT',
        key: 'photos/a.html',
        object_size: 113,
        turn_around_ms: 5,
        host: 'DOC-EXAMPLE-BUCKET1.s3.us-west-1.amazonaws.com',
        tls_version: 'TLSV1.2',
      },
    },
  },
  {
    format: 'json-lines',
    lines: ['{"name":"signup","time":"2025-03-01T10:00:00Z","ip":"192.0.2.1","properties":{"plan":"pro"}}'],
    at: '2025-03-01T10:00:00.000Z',
    address: '192.0.2.1',
    event: { name: 'signup', properties: { plan: 'pro' } },
  },
]

const parserOf = (name: LogFormatName) => {
  const format = LOG_FORMATS[name]
  return ('withDirectives' in format ? format.withDirectives?.() : undefined) ?? format.parse
}

test('each format has a sample here', () => {
  expect(new Set(SAMPLES.map(({ format }) => format))).toEqual(new Set(LOG_FORMAT_NAMES))
})

describe.each(SAMPLES)('$format', ({ format, lines, at, address, event }) => {
  test('a documented line gives all that it says', () => {
    const parse = parserOf(format)
    const parsed = lines.map((line) => parse(line, CONTEXT))
    for (const directive of parsed.slice(0, -1)) expect(directive).toEqual({ directive: true })
    expect(parsed.at(-1)).toEqual({ draft: { address, event: { ...event, at: Date.parse(at) } } })
  })

  test('is found by its lines, among rubbish too, and whatever the line ends', () => {
    const text = [...lines, ...lines.slice(-1), 'rubbish'].join('\r\n')
    expect(detectFormat(Buffer.from(text), true, CONTEXT)).toBe(format)
    expect(detectFormat(Buffer.from(`\ufeff${lines.join('\n')}\n`), true, CONTEXT)).toBe(format)
  })

  test('a line that is cut off anywhere never throws, and no other format takes the whole one', () => {
    const last = lines.at(-1) ?? ''
    for (let end = 0; end < last.length; end++) {
      const parse = parserOf(format)
      for (const line of lines.slice(0, -1)) parse(line, CONTEXT)
      const parsed = parse(last.slice(0, end), CONTEXT)
      if ('rejected' in parsed) expect(parsed.rejected).toMatch(/expected|^\w+: /)
    }
    const others = LOG_FORMAT_NAMES.filter((name) => name !== format)
    const takers = others.filter((name) => 'draft' in LOG_FORMATS[name].parse(last, CONTEXT))
    // Combined takes the host of a vhost for an address, and the open end of another takes that of Traefik: each stands
    // behind in the list.
    const less: Partial<Record<LogFormatName, LogFormatName>> = {
      'vhost-combined': 'combined',
      traefik: 'combined-extended',
    }
    expect(takers).toEqual(less[format] ? [less[format]] : [])
  })
})

describe('the address of a request', () => {
  test.each([
    { forwarded: '203.0.113.9, 10.0.0.1', address: '203.0.113.9' },
    { forwarded: '-', address: '10.0.0.1' },
    { forwarded: '', address: '10.0.0.1' },
  ])('in the JSON of nginx, forwarded for "$forwarded", is $address', ({ forwarded, address }) => {
    const line = { msec: '1760000000.5', remote_addr: '10.0.0.1', request: 'GET / HTTP/1.1' }
    const text = JSON.stringify({ ...line, http_x_forwarded_for: forwarded })
    expect(LOG_FORMATS['nginx-json'].parse(text, CONTEXT)).toMatchObject({ draft: { address } })
  })

  test.each([
    { remote: '192.0.2.1:41342', address: '192.0.2.1' },
    { remote: '[2001:db8::1]:41342', address: '2001:db8::1' },
    { remote: '2001:db8::1', address: '2001:db8::1' },
  ])('in the JSON of Caddy, $remote, is without its port', ({ remote, address }) => {
    const text = JSON.stringify({ ts: 1_760_000_000, request: { remote_addr: remote, method: 'GET', uri: '/' } })
    expect(LOG_FORMATS['caddy-json'].parse(text, CONTEXT)).toMatchObject({ draft: { address } })
  })
})

describe('which format a text has', () => {
  const combined = SAMPLES.find(({ format }) => format === 'combined')?.lines[0] ?? ''

  test('is not known when less than half of the first lines fit', () => {
    const text = `${combined}\nDear diary,\ntoday was fine.\n`
    expect(detectFormat(Buffer.from(text), true, CONTEXT)).toBeUndefined()
  })

  test('is not judged by the line that the end of the head cuts off', () => {
    const head = Buffer.from(`${combined}\n${combined.slice(0, 30)}`)
    expect(detectFormat(head, false, CONTEXT)).toBe('combined')
    expect(detectFormat(head, true, CONTEXT)).toBeUndefined()
  })

  test('is any when there are no lines, and that of the columns when there is nothing else', () => {
    expect(detectFormat(Buffer.from('\n\n'), true, CONTEXT)).toBe('combined')
    expect(detectFormat(Buffer.from('#Version: 1.0\n#Fields: date time cs-method\n'), true, CONTEXT)).toMatch(
      /w3c|cloudfront/,
    )
  })
})

describe('columns that the file names', () => {
  test('may change in the middle, and the day may stand in a line of its own', () => {
    const parse = parserOf('w3c')
    const urlsAndTimes = [
      '#Date: 2002-05-02 17:42:15',
      '#Fields: time cs-method cs-uri',
      '17:42:15 GET /default.htm',
      '#Fields: cs-uri date time time-taken',
      '"/a page" 2002-05-03 00:00:01 0.25',
    ].map((line) => parse(line, CONTEXT))
    expect(urlsAndTimes).toMatchObject([
      { directive: true },
      { directive: true },
      { draft: { event: { url: '/default.htm', at: Date.parse('2002-05-02T17:42:15Z') } } },
      { directive: true },
      { draft: { event: { url: '/a page', at: Date.parse('2002-05-03T00:00:01Z'), durationMs: 250 } } },
    ])
  })

  test.each([
    { lines: ['2018-06-15 07:01:02 GET'], reason: /^expected a line #Fields: / },
    { lines: ['#Fields: date time cs-method', '2018-06-15 07:01:02'], reason: /^expected 3 columns, .* got 2$/ },
    { lines: ['#Fields: date time cs(User-Agent)', '2018-06-15 07:01:02 "open'], reason: /got an open quote$/ },
    { lines: ['#Fields: date time', '2018-06-31 07:01:02'], reason: /^expected a time/ },
    { lines: ['#Fields: date time sc-status', '2018-06-15 07:01:02 OK'], reason: /^expected a status/ },
  ])('$lines is rejected: $reason', ({ lines, reason }) => {
    const parse = parserOf('w3c')
    expect(lines.map((line) => parse(line, CONTEXT)).at(-1)).toEqual({ rejected: expect.stringMatching(reason) })
  })
})

describe('a variant of', () => {
  const request = '- - [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 5'
  const session = '[06/Feb/2009:12:14:14.655] in~ b/s 1/0/3/6/10 200 27 - - ---- 1/1/1/1/0 0/0'

  test.each<{ format: LogFormatName; line: string; address: string; url: string }>([
    {
      format: 'vhost-combined',
      line: `x.org 192.0.2.7 ${request} "-" "M"`,
      address: '192.0.2.7',
      url: 'http://x.org/a',
    },
    {
      format: 'vhost-combined',
      line: `x.org 2001:db8::7 ${request} "-" "M"`,
      address: '2001:db8::7',
      url: 'http://x.org/a',
    },
    { format: 'vhost-combined', line: `x.org:80 192.0.2.7 ${request}`, address: '192.0.2.7', url: 'http://x.org/a' },
    { format: 'vhost-combined', line: `x.org 192.0.2.7 ${request}`, address: '192.0.2.7', url: 'http://x.org/a' },
    { format: 'combined', line: `crawler.example.com ${request} "-" "M"`, address: 'crawler.example.com', url: '/a' },
    { format: 'combined-extended', line: `192.0.2.7 ${request} "-" "M" "-"`, address: '192.0.2.7', url: '/a' },
    { format: 'combined-extended', line: `192.0.2.7 ${request} "-" "M" 1234`, address: '192.0.2.7', url: '/a' },
    {
      format: 'combined-extended',
      line: `10.0.0.1 ${request} "-" "M" "2001:db8::7"`,
      address: '2001:db8::7',
      url: '/a',
    },
    {
      format: 'combined-extended',
      line: `10.0.0.1 ${request} "-" "M" "me, 192.0.2.7"`,
      address: '10.0.0.1',
      url: '/a',
    },
    { format: 'haproxy', line: `192.0.2.7:333 ${session} "GET /a HTTP/1.1"`, address: '192.0.2.7', url: '/a' },
    { format: 'haproxy', line: `2001:db8::7:333 ${session} "GET /a HTTP/1.1"`, address: '2001:db8::7', url: '/a' },
    {
      format: 'haproxy',
      line: `<134>1 2020-02-06T12:14:14Z lb haproxy 143 - - 192.0.2.7:333 ${session} "GET /a HTTP/1.1"`,
      address: '192.0.2.7',
      url: '/a',
    },
    {
      format: 'haproxy',
      line: `2020-02-06T12:14:14.655+01:00 lb haproxy[143]: 192.0.2.7:333 ${session} "GET /a HTTP/1.1"`,
      address: '192.0.2.7',
      url: '/a',
    },
    {
      format: 'haproxy',
      line: `192.0.2.7:333 ${session} {a/b/c/d/e} "GET /a HTTP/1.1" 0/0/0/0/0 x.org/TLSv1.3/TLS_AES_256_GCM_SHA384`,
      address: '192.0.2.7',
      url: '/a',
    },
  ])('$format: $line', ({ format, line, address, url }) => {
    expect(detectFormat(Buffer.from(line), true, CONTEXT)).toBe(format)
    expect(LOG_FORMATS[format].parse(line, CONTEXT)).toMatchObject({
      draft: { address, event: { method: 'GET', url } },
    })
  })
})
