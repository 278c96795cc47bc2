import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { describe, expect, test } from 'vitest'
import type { ForeignContext, ForeignEvent } from '../events/foreign-event.ts'
import { createVisitors } from '../visitors/visitor.ts'
import { withoutIds } from './device-ids.ts'
import { foreignByPolicy } from './foreign-by-policy.ts'
import { storableEvent, storableRaw, usableAddress, usableDraft, usableForeign } from './privacy.ts'
import { compilePolicy } from './source-policy.ts'

const policyOf = (privacy: 'full' | 'masked' | 'cookieless') => compilePolicy(SourceSettings.parse({ privacy }))
const [FULL, MASKED, COOKIELESS] = [policyOf('full'), policyOf('masked'), policyOf('cookieless')]

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
const FOREIGN: ForeignEvent = {
  name: 'page_view',
  id: 'insert-1 user-1',
  userId: 'user-1',
  anonymousId: 'device-1',
  previousId: 'device-0',
  sessionId: 'session-1',
  url: 'https://example.com/',
  userAgent: USER_AGENT,
  address: '192.0.2.7',
  properties: {
    plan: 'family',
    $device_id: 'device-1',
    _context: { traits: { userId: 'user-1' }, list: [{ adid: 'x' }] },
  },
}

/** The whole way of an event. */
function collected(policy: typeof FULL, foreign: ForeignEvent, address = '198.51.100.1') {
  const salt = new Uint8Array(16)
  const visitors = createVisitors(new Uint8Array(32), { kind: 'daily', saltOf: () => salt })
  const context: ForeignContext = {
    source: 'website',
    environment: 'production',
    receivedAtMs: Date.UTC(2026, 0, 15, 12),
    address,
    userAgent: USER_AGENT,
    visitors,
  }
  const event = foreignByPolicy(policy, foreign, context)
  if (event === undefined || 'drop' in event) throw new Error('expected an event')
  return event
}

describe('full', () => {
  test('keeps what comes, and no address', () => {
    const event = collected(FULL, FOREIGN)

    expect(event).toMatchObject({
      userId: 'user-1',
      anonymousId: 'device-1',
      userAgent: USER_AGENT,
      visitorKind: 'user',
    })
    expect(JSON.stringify(event)).not.toContain('192.0.2.7')
  })
})

describe('masked', () => {
  test('knows nobody apart who is in the same network', () => {
    const visitorOf = (address: string) =>
      collected(MASKED, { name: 'page_view', userAgent: USER_AGENT }, address).visitor

    expect(visitorOf('192.0.2.7')).toBe(visitorOf('192.0.99.1'))
    expect(visitorOf('192.0.2.7')).not.toBe(visitorOf('192.1.2.7'))
    expect(visitorOf('2001:db8:1:2::3')).toBe(visitorOf('2001:db8:1:9::4'))
    expect(visitorOf('2001:db8:1::')).not.toBe(visitorOf('2001:db8:2::'))
  })

  test('keeps ids, as they are no addresses', () => {
    expect(collected(MASKED, FOREIGN)).toMatchObject({ userId: 'user-1', userAgent: USER_AGENT })
  })

  test.each(['unknown', 'host.example.com', ''])(
    'an own address that is none (%j) is not the connection',
    (address) => {
      expect(usableForeign(MASKED, { name: 'x', address }).address).toBe('')
      expect(usableForeign(MASKED, { name: 'x' }).address).toBeUndefined()
    },
  )

  test('holds for native events too', () => {
    const draft = { event: { name: 'x', at: 0, userId: 'u' }, address: '192.0.2.7' }

    expect(usableDraft(MASKED, draft)).toEqual({ ...draft, address: '192.0.0.0' })
    expect(usableDraft(MASKED, { ...draft, address: 'host.example.com' }).address).toBeUndefined()
    expect(usableAddress(MASKED, '192.0.2.7')).toBe('192.0.0.0')
    expect(usableAddress(MASKED, undefined)).toBeUndefined()
  })
})

describe('cookieless', () => {
  test('knows a visitor by the address of the day alone, and keeps no id and no user agent', () => {
    const event = collected(COOKIELESS, FOREIGN)
    const stored = JSON.stringify(event)

    expect(event.visitorKind).toBe('daily_hash')
    expect(event.agentFacts).toMatchObject({ browser: 'Chrome', os: 'Linux', deviceType: 'desktop' })
    expect(event.properties).toEqual({ plan: 'family', _context: { traits: {}, list: [{}] } })
    for (const part of ['user-1', 'device-1', 'device-0', 'session-1', 'Mozilla', 'AppleWebKit', '192.0.2.7']) {
      expect(stored).not.toContain(part)
    }
  })

  test('what a browser says in hints becomes facts too', () => {
    const hints = { platform: 'Windows', platformVersion: '15.0.0', model: 'secret-model' }
    const event = { id: '', name: 'x', at: 0, userAgent: USER_AGENT, clientHints: hints }

    const { agentFacts, ...stored } = storableEvent(COOKIELESS, event)
    expect(stored).toEqual({ id: '', name: 'x', at: 0 })
    expect(agentFacts?.os).toBe('Windows')
  })

  test('an event that is sent twice still has one id', () => {
    const [first, again] = [collected(COOKIELESS, FOREIGN), collected(COOKIELESS, FOREIGN)]

    expect(first.idFrom).toBe('client')
    expect(first.id).toBe(again.id)
  })

  test('an alias keeps neither of its names', () => {
    expect(usableForeign(COOKIELESS, { name: 'alias', userId: 'a', properties: { alias: 'b' } })).toEqual({
      name: 'alias',
    })
  })

  test('holds for native events too', () => {
    const event = {
      name: 'x',
      at: 0,
      userId: 'u',
      anonymousId: 'a',
      sessionId: 's',
      properties: { deviceId: 'd', n: 1 },
    }

    expect(usableDraft(COOKIELESS, { event, address: '192.0.2.7' })).toEqual({
      event: { name: 'x', at: 0, properties: { n: 1 } },
      address: '192.0.2.7',
    })
  })

  test('what could not be understood is not kept', () => {
    expect(storableRaw(COOKIELESS, '{"userId":')).toBe('')
    expect(storableRaw(FULL, '{"userId":')).toBe('{"userId":')
  })
})

describe('ids in properties', () => {
  test.each([
    'user_id',
    'userId',
    '$user_id',
    'USER-ID',
    '$anon_distinct_id',
    'deviceId',
    '__deviceId',
    '_fbp',
    'gps_adid',
  ])('%s is one', (name) => {
    expect(withoutIds({ [name]: 'x', kept: 1 })).toEqual({ kept: 1 })
  })

  test.each(['orderId', 'id', 'product_id', 'device', 'user', 'session', 'idea'])('%s is none', (name) => {
    expect(withoutIds({ [name]: 'x' })).toEqual({ [name]: 'x' })
  })

  test('a hostile name changes no prototype, and endless depth ends', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":1}}}')
    const cleaned = withoutIds(hostile)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(JSON.stringify(cleaned)).toBe(JSON.stringify(hostile))

    let deep: unknown = 'user'
    for (let i = 0; i < 100_000; i++) deep = { a: deep }
    expect(JSON.stringify(withoutIds({ deep })).length).toBeLessThan(1000)
  })
})

test('an event that the source does not want is none, with the reason', () => {
  const policy = compilePolicy(SourceSettings.parse({ blockedPaths: ['/admin/*'], blockedAddresses: ['192.0.2.7'] }))
  const drop = (foreign: ForeignEvent) => foreignByPolicy(policy, foreign, {} as ForeignContext)

  expect(drop({ name: 'page_view', url: 'https://example.com/admin/x' })).toEqual({ drop: 'path' })
  expect(drop({ name: 'page_view', address: '192.0.2.7' })).toEqual({ drop: 'address' })
})
