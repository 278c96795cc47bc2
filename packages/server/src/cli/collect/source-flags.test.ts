import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { expect, test } from 'vitest'
import { settingText, sourceChange } from './source-flags.ts'

test.each([
  { words: ['label=Our site', 'kind=app'], change: { label: 'Our site', kind: 'app' } },
  { words: ['privacy=masked'], change: { settings: { privacy: 'masked' } } },
  {
    words: ['allowedOrigins=a.example, *.b.example'],
    change: { settings: { allowedOrigins: ['a.example', '*.b.example'] } },
  },
  { words: ['blockedPaths='], change: { settings: { blockedPaths: [] } } },
  {
    words: ['respectDoNotTrack=true', 'respectGlobalPrivacyControl=false'],
    change: { settings: { respectDoNotTrack: true, respectGlobalPrivacyControl: false } },
  },
  { words: ['eventsPerSecond=12.5'], change: { settings: { eventsPerSecond: 12.5 } } },
  { words: ['eventsPerSecond=none'], change: { settings: { eventsPerSecond: null } } },
  { words: ['blockedPaths=/a=b'], change: { settings: { blockedPaths: ['/a=b'] } } },
])('$words is $change', ({ words, change }) => {
  expect(sourceChange(words)).toEqual(change)
})

test.each(['privacy', 'secrecy=full', '=full', '', 'toString=1'])('"%s" is no setting', (word) => {
  expect(() => sourceChange([word])).toThrow(`expected a setting and its value such as privacy=masked, got "${word}"`)
})

test.each(['respectDoNotTrack=yes', 'eventsPerSecond=', 'eventsPerSecond=many'])(
  'what is not a value of that kind is left to the server to refuse: %s',
  (word) => {
    expect(SourceSettings.safeParse(sourceChange([word]).settings).success).toBe(false)
  },
)

test('settings that are shown can be given back', () => {
  const settings = SourceSettings.parse({ allowedOrigins: ['a.example', 'b.example'], eventsPerSecond: 5 })
  const words = Object.entries(settings).map(([name, value]) => `${name}=${settingText(value)}`)

  expect(sourceChange(words).settings).toEqual(settings)
})
