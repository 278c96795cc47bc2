import { z } from 'zod'
import { isTimeZone } from '../time/moment.ts'

/** What a source is. Apps and servers are never judged by their user agent: see the bot rules of ingest. */
export const SOURCE_KINDS = ['website', 'app', 'server', 'log', 'webhook'] as const
export const SourceKind = z.enum(SOURCE_KINDS)
export type SourceKind = z.output<typeof SourceKind>

/**
 * How much of a person is used and kept. The IP address is stored in none of them.
 *
 * - `full`: the whole address finds the place and makes the daily visitor hash, then it is dropped.
 * - `masked`: it loses its last part first, and only the rest is used.
 * - `cookieless`: as `full`, but no id that lives on the device or names a user is kept, and of the user agent only what
 *   browser, system and device it tells of.
 */
export const PRIVACY_MODES = ['full', 'masked', 'cookieless'] as const
export type PrivacyMode = (typeof PRIVACY_MODES)[number]

const MAX_ENTRIES = 1000

/** Such as `www.example.com`, and `*.example.com` for every host below. */
export const HostNames = listOf(
  z
    .string()
    .overwrite((text) => canonicalHost(text) ?? text)
    .refine((text) => canonicalHost(text) !== undefined, {
      error: ({ input }) =>
        `expected a host name such as www.example.com or *.example.com, without https:// and path, got "${input}"`,
    }),
)

const FIELDS = {
  privacy: z.enum(PRIVACY_MODES),
  respectDoNotTrack: z.boolean(),
  respectGlobalPrivacyControl: z.boolean(),
  /** Empty: any. */
  allowedOrigins: HostNames,
  blockedAddresses: listOf(
    z
      .string()
      .trim()
      .refine((text) => ADDRESSES.some((schema) => schema.safeParse(text).success), {
        error: ({ input }) =>
          `expected an IP address or a range such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32, got "${input}"`,
      }),
  ),
  blockedPaths: listOf(
    z
      .string()
      .trim()
      .max(500)
      .regex(/^[/*]/, {
        error: ({ input }) => `expected a path such as /admin or /admin/*, which begins with / or *, got "${input}"`,
      }),
  ),
  /** Null: as many as come. */
  eventsPerSecond: z.number().min(0.1).max(1_000_000).nullable(),
  /** Of the site itself: links between them lead from nowhere else. Empty: each page's own host alone. */
  siteHosts: HostNames,
  visitRule: z.enum(['standard', 'matomo']),
  timezone: z.string().refine(isTimeZone, {
    error: ({ input }) => `expected a time zone such as Europe/Berlin, got "${input}"`,
  }),
}

const ADDRESSES = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]

function listOf(entry: z.ZodString) {
  return z.array(entry).max(MAX_ENTRIES)
}

/** All settings of a source; what is not said has its default. */
export const SourceSettings = z.strictObject({
  privacy: FIELDS.privacy.default('full'),
  respectDoNotTrack: FIELDS.respectDoNotTrack.default(false),
  respectGlobalPrivacyControl: FIELDS.respectGlobalPrivacyControl.default(false),
  allowedOrigins: FIELDS.allowedOrigins.default([]),
  blockedAddresses: FIELDS.blockedAddresses.default([]),
  blockedPaths: FIELDS.blockedPaths.default([]),
  eventsPerSecond: FIELDS.eventsPerSecond.default(null),
  siteHosts: FIELDS.siteHosts.default([]),
  visitRule: FIELDS.visitRule.default('standard'),
  timezone: FIELDS.timezone.default('UTC'),
})
export type SourceSettings = z.output<typeof SourceSettings>

/** A change: what is not said stays as it is. */
export const SourceSettingsChange = z.strictObject(FIELDS).partial()
export type SourceSettingsChange = z.output<typeof SourceSettingsChange>

const WILDCARD = '*.'
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/

/** As browsers write it in `Origin`: small letters, and Punycode where it is not ASCII. Undefined: not a host name. */
function canonicalHost(text: string): string | undefined {
  const trimmed = text.trim()
  const isWildcard = trimmed.startsWith(WILDCARD)
  const name = isWildcard ? trimmed.slice(WILDCARD.length) : trimmed
  if (name === '' || /[\s/?#@:%*\\]/.test(name) || !URL.canParse(`http://${name}/`)) return undefined
  const { hostname } = new URL(`http://${name}/`)
  const isHost = hostname.length <= 253 && hostname.split('.').every((label) => LABEL.test(label))
  return isHost ? `${isWildcard ? WILDCARD : ''}${hostname}` : undefined
}
