import { z } from 'zod'

/**
 * The native event: what `POST /v1/events` takes and what a line of a `json-lines` import holds. Only `name` is required.
 * Every field has one meaning, and a field that is not listed here is an error, so that a misspelt name is noticed
 * instead of lost; whatever is the caller's own goes into `properties`.
 */

/** Deeper JSON than this is refused: it parses, but recursion over it (ours or a consumer's) would overflow the stack. */
export const MAX_PROPERTY_DEPTH = 16
export const MAX_PROPERTY_COUNT = 500

// Lone surrogates and NUL are valid in JSON but neither PostgreSQL nor UTF-8 can hold them: they are replaced, not refused.
const UNSTORABLE = /[\0\ud800-\udfff]/u
const clean = (text: string) => (UNSTORABLE.test(text) ? text.toWellFormed().replaceAll('\0', '\ufffd') : text)
const text = (maxLength: number) => z.string().max(maxLength).transform(clean)

/** RFC 3339 text with an offset, or a number: seconds, milliseconds, microseconds by their size (all since 1970). */
const time = z.union([z.iso.datetime({ offset: true }), z.number().positive()])

const campaign = z.strictObject({
  source: text(200).optional(),
  medium: text(200).optional(),
  name: text(200).optional(),
  term: text(200).optional(),
  content: text(200).optional(),
})

const app = z.strictObject({
  name: text(200).optional(),
  version: text(100).optional(),
  platform: text(50).optional(),
})

const revenue = z.strictObject({
  /** In units of the currency, such as 9.99; negative for a refund. */
  amount: z.number().min(-1e12).max(1e12),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected a three-letter ISO 4217 code such as EUR'),
})

export const NativeEvent = z.strictObject({
  /** The client's own id of this event: the same id from the same source is counted once. */
  id: z.string().min(1).max(200).transform(clean).optional(),
  name: z.string().min(1).max(200).transform(clean),
  time: time.optional(),
  /** The client's clock when it sent the event; with it, a wrong client clock is corrected. */
  sentAt: time.optional(),
  userId: text(200).optional(),
  /** A first-party cookie's or a device's id. */
  anonymousId: text(200).optional(),
  sessionId: text(200).optional(),
  url: text(8192).optional(),
  title: text(1000).optional(),
  referrer: text(8192).optional(),
  campaign: campaign.optional(),
  userAgent: text(2000).optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  language: text(50).optional(),
  screen: text(50).optional(),
  timezone: text(100).optional(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected a two-letter ISO 3166-1 code such as DE')
    .optional(),
  region: text(200).optional(),
  city: text(200).optional(),
  app: app.optional(),
  method: text(20).optional(),
  status: z.int().min(0).max(999).optional(),
  bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  durationMs: z.number().min(0).max(1e12).optional(),
  revenue: revenue.optional(),
  environment: z.enum(['production', 'sandbox']).optional(),
  properties: z.record(z.string(), z.json()).optional(),
})
export type NativeEvent = z.output<typeof NativeEvent>
export type NativeEventInput = z.input<typeof NativeEvent>
