/**
 * What a browser says of itself besides the user agent, whose text is frozen by now: the system's true version, the model of
 * the phone, the brand of a browser that calls itself Chrome. As it came, and as short as it is.
 */
export interface ClientHints {
  /** `"Google Chrome";v="130", "Not?A_Brand";v="99"`: the full versions where they were given. */
  readonly brands?: string
  readonly platform?: string
  readonly platformVersion?: string
  readonly model?: string
  readonly isMobile?: boolean
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Of a request's headers; undefined, at the price of three look-ups, for browsers that send none. */
export function clientHintsOf(headers: Headers): ClientHints | undefined {
  const brands = headers['sec-ch-ua-full-version-list'] ?? headers['sec-ch-ua']
  const platform = headers['sec-ch-ua-platform']
  const model = headers['sec-ch-ua-model']
  if (brands === undefined && platform === undefined && model === undefined) return undefined
  return hintsOf({
    brands,
    platform: unquoted(platform),
    platformVersion: unquoted(headers['sec-ch-ua-platform-version']),
    model: unquoted(model),
    isMobile: headers['sec-ch-ua-mobile'] === '?1' ? true : headers['sec-ch-ua-mobile'] === '?0' ? false : undefined,
  })
}

/** Of what `navigator.userAgentData` says, as clients that send it in the body do: Matomo's `uadata`. */
export function clientHintsOfData(data: Readonly<Record<string, unknown>>): ClientHints | undefined {
  const list = [data.fullVersionList, data.brands].find((brands) => Array.isArray(brands) && brands.length > 0)
  return hintsOf({
    brands: Array.isArray(list) ? list.slice(0, MAX_BRANDS).map(brandText).filter(Boolean).join(', ') : undefined,
    platform: data.platform,
    platformVersion: data.platformVersion,
    model: data.model,
    isMobile: typeof data.mobile === 'boolean' ? data.mobile : undefined,
  })
}

const MAX_LENGTH = 200
const MAX_BRANDS = 10

function hintsOf(given: Readonly<Record<keyof ClientHints, unknown>>): ClientHints | undefined {
  const hints: Record<string, string | boolean> = {}
  for (const name of ['brands', 'platform', 'platformVersion', 'model'] as const) {
    const value = given[name]
    if (typeof value === 'string' && value !== '') hints[name] = value.slice(0, MAX_LENGTH).toWellFormed()
  }
  if (typeof given.isMobile === 'boolean') hints.isMobile = given.isMobile
  for (const _ in hints) return hints
  return undefined
}

const unquoted = (value: unknown) => (typeof value === 'string' ? value.replaceAll('"', '') : undefined)

function brandText(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('brand' in item)) return ''
  const version = 'version' in item ? item.version : ''
  return `"${String(item.brand).replaceAll('"', '')}";v="${String(version).replaceAll('"', '')}"`
}
