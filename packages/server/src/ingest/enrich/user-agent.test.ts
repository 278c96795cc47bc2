import { expect, test } from 'vitest'
import { userAgentFacts } from './user-agent.ts'

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'
const TABLET = ANDROID.replace(' Mobile', '')
const EDGE = `${WINDOWS} Edg/130.0.0.0`

test('the frozen user agent of Chrome on Android names no model', () => {
  expect(userAgentFacts(ANDROID)).toMatchObject({ os: 'Android', deviceType: 'mobile', deviceModel: '' })
})

test.each([
  {
    agent: WINDOWS,
    hints: { platform: 'Windows', platformVersion: '15.0.0' },
    facts: { os: 'Windows', osVersion: '11' },
  },
  { agent: WINDOWS, hints: { platform: 'Windows', platformVersion: '10.0.0' }, facts: { osVersion: '10' } },
  { agent: WINDOWS, hints: { platform: 'Windows', platformVersion: '0.3.0' }, facts: { osVersion: '8.1' } },
  { agent: WINDOWS, hints: { platform: 'Windows' }, facts: { osVersion: '10', deviceType: 'desktop' } },
  {
    agent: ANDROID,
    hints: { platform: 'Android', platformVersion: '15.0.0', model: 'Pixel 9', isMobile: true },
    facts: { os: 'Android', osVersion: '15.0.0', deviceModel: 'Pixel 9', deviceType: 'mobile' },
  },
  { agent: TABLET, hints: { platform: 'Android', isMobile: false }, facts: { deviceType: 'tablet' } },
  {
    agent: WINDOWS,
    hints: { brands: '"Chromium";v="130", "Brave";v="130", "Not?A_Brand";v="99"' },
    facts: { browser: 'Brave', browserVersion: '130' },
  },
  {
    agent: WINDOWS,
    hints: { brands: '"Not?A_Brand";v="99.0.0.0", "Google Chrome";v="131.0.6778.70", "Chromium";v="131.0.6778.70"' },
    facts: { browser: 'Chrome', browserVersion: '131' },
  },
  {
    agent: EDGE,
    hints: { brands: '"Microsoft Edge";v="130.0.2849.80", "Chromium";v="130"' },
    facts: { browser: 'Edge', browserVersion: '130' },
  },
  { agent: WINDOWS, hints: { brands: '"Chromium";v="129"' }, facts: { browser: 'Chrome', browserVersion: '130' } },
  { agent: WINDOWS, hints: { brands: 'nonsense', platform: 'Unknown' }, facts: { browser: 'Chrome', os: 'Windows' } },
])('with the hints $hints an agent is $facts', ({ agent, hints, facts }) => {
  expect(userAgentFacts(agent, hints)).toMatchObject(facts)
})

test('a browser without a screen that hides it in the user agent is given away by its brand', () => {
  const facts = userAgentFacts(WINDOWS, { brands: '"HeadlessChrome";v="130", "Chromium";v="130"' })
  expect(facts).toMatchObject({ botReason: 'client hints: HeadlessChrome', deviceType: '' })
})

test('the same agent with other hints is another one', () => {
  expect(userAgentFacts(ANDROID, { model: 'Pixel 9' }).deviceModel).toBe('Pixel 9')
  expect(userAgentFacts(ANDROID, { model: 'SM-S928B' }).deviceModel).toBe('SM-S928B')
  expect(userAgentFacts(ANDROID).deviceModel).toBe('')
})

test('hints without a user agent say what they can', () => {
  expect(userAgentFacts('', { platform: 'macOS', brands: '"Google Chrome";v="130"' })).toMatchObject({
    os: 'Mac OS',
    browser: 'Chrome',
    deviceType: 'desktop',
  })
})
