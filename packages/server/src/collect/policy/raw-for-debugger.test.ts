import { expect, test } from 'vitest'
import { rawForDebugger } from './raw-for-debugger.ts'

test.each([
  { raw: '{"ip":"192.0.2.7","at":"2026-01-15T12:00:00Z"}', shown: '{"ip":"192.0.x.x","at":"2026-01-15T12:00:00Z"}' },
  { raw: 'cip=192.0.2.7&url=/', shown: 'cip=192.0.x.x&url=/' },
  { raw: '"ip":"2001:db8::1","a":1', shown: '"ip":"2001:db8:x","a":1' },
])('$raw is shown as $shown', ({ raw, shown }) => {
  expect(rawForDebugger(raw)).toBe(shown)
})

test('a key keeps the part that lists show, and no other', () => {
  const raw = `{"writeKey":"alm_0123456789ab_${'s'.repeat(43)}"}`

  expect(rawForDebugger(raw)).toBe('{"writeKey":"alm_0123456789ab_…"}')
})

test('long text is cut, and neither an address nor a key is cut in two', () => {
  for (const secret of ['192.0.2.7 and more', `alm_0123456789ab_${'s'.repeat(43)} and more`]) {
    const shown = rawForDebugger('x '.repeat(8185) + secret.padEnd(100))

    expect(shown.length).toBeLessThanOrEqual(16 * 1024 + 1)
    expect(shown).not.toMatch(/2\.7|ss/)
  }
})

test('hostile text takes no longer than any other', () => {
  for (const piece of ['1.', ':', 'alm_', 'alm_0123456789ab_']) {
    expect(rawForDebugger(piece.repeat(1_000_000)).length).toBeLessThan(20_000)
  }
})
