import type { ClientHints } from '../../collect/hints/client-hints.ts'
import type { UserAgentFacts } from './user-agent.ts'

/** What the user agent says, put right by the client hints, which know what its frozen text can not. */
export function hintedAgent(facts: UserAgentFacts, hints: ClientHints): UserAgentFacts {
  const brand = brandOf(hints.brands ?? '')
  const system = systemOf(facts, hints)
  const isHeadless = brand?.name.startsWith('Headless') ?? false
  const botReason = facts.botReason || (isHeadless ? `client hints: ${brand?.name}` : '')
  return {
    ...facts,
    ...(brand && browserOf(facts, brand)),
    ...system,
    deviceType: botReason ? '' : deviceTypeOf(facts, hints, system.os),
    deviceModel: hints.model || facts.deviceModel,
    botReason,
  }
}

interface Brand {
  readonly name: string
  readonly version: string
}

/** The most telling one: `Brave` before `Chromium`. The list also holds an invented one, so that nobody relies on its order. */
function brandOf(text: string): Brand | undefined {
  const brands: Brand[] = []
  for (const [, name = '', version = ''] of text.matchAll(/"([^"]{1,60})"\s*;\s*v="([^"]{0,40})"/g)) {
    if (!/not.{0,3}a.{0,3}brand/i.test(name)) brands.push({ name, version })
  }
  return (
    brands.find(({ name }) => name !== 'Chromium' && name !== 'Google Chrome') ?? brands.find(isChrome) ?? brands[0]
  )
}

const isChrome = ({ name }: Brand) => name === 'Google Chrome'

/** Names as the user agent's library has them. */
const BROWSERS: Readonly<Record<string, string>> = {
  'Google Chrome': 'Chrome',
  'Microsoft Edge': 'Edge',
  'Android WebView': 'Chrome WebView',
  'Opera GX': 'Opera GX',
  YaBrowser: 'Yandex',
  HeadlessChrome: 'Chrome Headless',
}
/** What calls itself one of these may be another one. */
const GENERIC = new Set(['', 'Chrome', 'Chromium', 'Mobile Chrome'])

function browserOf(facts: UserAgentFacts, { name, version }: Brand): Partial<UserAgentFacts> {
  const browser = BROWSERS[name] ?? name
  if (browser !== facts.browser && (name === 'Chromium' || !GENERIC.has(facts.browser))) return {}
  return { browser, browserVersion: version.split('.')[0] ?? '' }
}

const SYSTEMS: Readonly<Record<string, string>> = {
  macOS: 'Mac OS',
  'Chrome OS': 'Chromium OS',
  'Chromium OS': 'Chromium OS',
}

function systemOf(facts: UserAgentFacts, { platform = '', platformVersion = '' }: ClientHints) {
  const os = SYSTEMS[platform] ?? platform
  if (os === '' || os === 'Unknown') return { os: facts.os, osVersion: facts.osVersion }
  // A Linux calls itself by its distribution in the user agent.
  if (os === 'Linux' && facts.os !== '' && facts.os !== 'Android') return { os: facts.os, osVersion: facts.osVersion }
  const known = os === facts.os ? facts.osVersion : ''
  return { os, osVersion: (os === 'Windows' ? windowsVersion(platformVersion) : platformVersion) || known }
}

/** The hint counts versions of an interface: 1 to 10 are Windows 10, from 13 on it is 11. */
function windowsVersion(version: string): string {
  if (version === '') return ''
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major >= 13) return '11'
  if (major >= 1) return '10'
  return { 1: '7', 2: '8', 3: '8.1' }[minor] ?? ''
}

function deviceTypeOf({ deviceType }: UserAgentFacts, { isMobile }: ClientHints, os: string): string {
  if (isMobile === true) return deviceType === '' || deviceType === 'desktop' ? 'mobile' : deviceType
  if (deviceType !== '')
    return os === 'Android' && isMobile === false && deviceType === 'mobile' ? 'tablet' : deviceType
  if (os === 'Android') return 'tablet'
  return ['Windows', 'Mac OS', 'Linux', 'Chromium OS'].includes(os) ? 'desktop' : ''
}
