import { createIsbotFromList, isbotMatch, list } from 'isbot'
import { UAParser } from 'ua-parser-js'
import type { ClientHints } from '../../collect/hints/client-hints.ts'
import { hintedAgent } from './hinted-agent.ts'

/** What a user agent says of itself, as far as the field's libraries can tell. Unknown parts are empty. */
export interface UserAgentFacts {
  readonly browser: string
  readonly browserVersion: string
  readonly os: string
  readonly osVersion: string
  /** `desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable`, `embedded`; empty for bots and the unknown. */
  readonly deviceType: string
  readonly deviceModel: string
  /** What in the user agent gives the bot away; empty for people. */
  readonly botReason: string
}

// A bot's verdict must not depend on this process's memory of earlier calls, so the list is compiled once from the library's.
const isBot = createIsbotFromList(list)
const CACHE_SIZE = 20_000
const cache = new Map<string, UserAgentFacts>()

/** Parsing takes some 50 µs, and the same few thousand user agents make nearly all traffic: the answers are kept. */
export function userAgentFacts(userAgent: string, hints?: ClientHints): UserAgentFacts {
  const key = hints === undefined ? userAgent : `${userAgent}\n${JSON.stringify(hints)}`
  const known = cache.get(key)
  if (known) return known
  if (cache.size >= CACHE_SIZE) cache.clear()
  const facts = hints === undefined ? parse(userAgent) : hintedAgent(parse(userAgent), hints)
  cache.set(key, facts)
  return facts
}

const NOTHING: UserAgentFacts = {
  browser: '',
  browserVersion: '',
  os: '',
  osVersion: '',
  deviceType: '',
  deviceModel: '',
  botReason: '',
}

function parse(userAgent: string): UserAgentFacts {
  if (userAgent === '') return NOTHING
  // The library's expressions are long; what is longer than any real user agent is not worth their time.
  const text = userAgent.slice(0, 512)
  const botReason = isBot(text) ? `user agent: ${isbotMatch(text) ?? 'pattern'}` : ''
  const { browser, os, device } = new UAParser(text).getResult()
  return {
    browser: browser.name ?? '',
    browserVersion: major(browser.version),
    os: os.name ?? '',
    osVersion: os.version ?? '',
    deviceType: deviceType(device.type, os.name, botReason),
    // Chrome's frozen text says K for every model.
    deviceModel: device.model === 'K' ? '' : [device.vendor, device.model].filter(Boolean).join(' '),
    botReason,
  }
}

const major = (version: string | undefined) => version?.split('.')[0] ?? ''

// The library says nothing for a desktop: a known desktop system without a device is one.
const DESKTOP_SYSTEM = /^(Windows|Mac OS|Linux|Ubuntu|Debian|Fedora|Chromium OS|FreeBSD|OpenBSD|Solaris)/
function deviceType(type: string | undefined, os: string | undefined, botReason: string): string {
  if (botReason) return ''
  if (type) return type === 'smarttv' ? 'tv' : type
  return os && DESKTOP_SYSTEM.test(os) ? 'desktop' : ''
}
