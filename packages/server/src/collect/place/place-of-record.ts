/** A place as coarse as the database knows it. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly region?: string
  readonly city?: string
}

/**
 * The databases agree on the file format and not on the names in it: GeoLite2, GeoIP2 and DB-IP nest objects with names in
 * many languages, others are flat. Undefined when no country is in it.
 */
export function placeOfRecord(record: unknown): Place | undefined {
  if (!isRecord(record)) return undefined
  const country =
    countryCode(record.country) ?? countryCode(record.country_code) ?? countryCode(record.registered_country)
  if (country === undefined) return undefined
  const [subdivision] = Array.isArray(record.subdivisions) ? record.subdivisions : []
  const region = nameOf(subdivision) ?? nameOf(record.region) ?? nameOf(record.state1)
  const city = nameOf(record.city)
  return { country, ...(region !== undefined && { region }), ...(city !== undefined && { city }) }
}

function countryCode(value: unknown): string | undefined {
  const code = isRecord(value) ? value.iso_code : value
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : undefined
}

function nameOf(value: unknown): string | undefined {
  const name = isRecord(value) ? (isRecord(value.names) ? value.names.en : value.name) : value
  return typeof name === 'string' && name !== '' ? name.slice(0, MAX_NAME) : undefined
}

const MAX_NAME = 200

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
