/**
 * Takes ids of people and of devices out of what a client sends as properties. Other systems' clients repeat there what
 * they also say in a field of their own, under many spellings: `$device_id`, `deviceId`, `context.traits.userId`.
 */
export function withoutIds(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return cleanRecord(properties, 0)
}

/** Deeper values are left out: nothing that is stored is as deep. */
const MAX_DEPTH = 32

const ID_NAMES: ReadonlySet<string> = new Set(
  `userid uid anonymousid anonid anonuserid sessionid deviceid distinctid distinctids previousid clientid visitorid
   windowid cookieid identifiedid anondistinctid olddeviceid persistedid instanceid appinstanceid domainuserid
   domainsessionid networkuserid remoteuser adid gpsadid androidid idfa idfv advertisingid gclientid ga fbp fbc`.split(
    /\s+/,
  ),
)

function cleanRecord(record: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      isIdName(name) ? [] : [[name, clean(value, depth + 1)] as const],
    ),
  )
}

function isIdName(name: string): boolean {
  return ID_NAMES.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) return undefined
  if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1))
  return cleanRecord(value as Record<string, unknown>, depth)
}
