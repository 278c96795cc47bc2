import { expect, test } from 'vitest'
import { BOT_RULES, botVerdict } from './bot-verdict.ts'
import { isReferrerSpam } from './referrer-spam.ts'

const NOBODY = { header: {}, event: {}, agentReason: '', referrerHost: '' }

test('a person is judged too, by rules that can be named', () => {
  expect(botVerdict(NOBODY)).toEqual({ reason: '', rules: BOT_RULES })
  expect(BOT_RULES).toMatch(/^\d+, isbot \d+\.\d+\.\d+$/)
})

test('all reasons are in the verdict', () => {
  const verdict = botVerdict({
    ...NOBODY,
    event: { botHint: 'prefetch' },
    agentReason: 'user agent: bot',
    referrerHost: 'www4.semalt.com',
  })
  expect(verdict.reason).toBe('prefetch; user agent: bot; referrer spam: www4.semalt.com')
})

test('what a server sends is not judged, whatever it calls itself', () => {
  const evidence = { event: { botHint: 'prefetch' }, agentReason: 'user agent: curl', referrerHost: 'semalt.com' }
  expect(botVerdict({ header: { kind: 'server' }, ...evidence })).toEqual({ reason: '', rules: '' })
})

test.each(['example.com', 'notsemalt.com', 'com', 'google.com', ''])('%s is no spam', (host) => {
  expect(isReferrerSpam(host)).toBe(false)
})
