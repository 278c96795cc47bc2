/**
 * For quarantine: what came, without the addresses of people and without secrets, wherever in it they stand. Text that
 * could not be read has no fields, and is kept as it is.
 */
export function rawWithoutPrivate(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value, (name, inner) => (PRIVATE.has(name) ? undefined : inner)) ?? ''
}

/** As the systems call them whose clients we understand. */
const PRIVATE: ReadonlySet<string> = new Set(
  `cip ip $ip ip_address ip_override request_ip __ip
   token $token token_auth api_key api_secret clientSecret writeKey`.split(/\s+/),
)
