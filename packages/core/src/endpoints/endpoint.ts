import { z } from 'zod'
import { isTimeZone } from '../time/moment.ts'
import type { AnswerTemplate } from './template.ts'

/**
 * A named endpoint: an address with parameters, the queries behind it, and the form of its answer. Plain data;
 * `define-endpoint.ts` is the way to write one, `check-endpoint.ts` says all that is wrong with one.
 */

const described = { description: z.string().optional() }
/** Whether it may be left out. One with a default may be left out anyway. */
const optional = z.literal(true).optional()

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a date such as 2026-01-31')

const ChoiceParameter = z.strictObject({
  type: z.literal('choice'),
  oneOf: z.array(z.string().min(1)).min(1).max(100),
  default: z.string().optional(),
  optional,
  ...described,
})
const DateParameter = z.strictObject({
  type: z.literal('date'),
  /** A date, or one that moves along with today in the endpoint's zone. */
  default: z.union([date, z.strictObject({ daysFromToday: z.int().min(-36_525).max(36_525) })]).optional(),
  /** Another parameter of this type that has to be earlier. */
  after: z.string().optional(),
  optional,
  ...described,
})
const NumberParameter = z.strictObject({
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  integer: z.literal(true).optional(),
  default: z.number().optional(),
  optional,
  ...described,
})
const TextParameter = z.strictObject({
  type: z.literal('text'),
  maxLength: z.int().min(1).max(1000).default(200),
  default: z.string().optional(),
  optional,
  ...described,
})
const BooleanParameter = z.strictObject({
  type: z.literal('boolean'),
  default: z.boolean().optional(),
  optional,
  ...described,
})

const EndpointParameter = z.discriminatedUnion('type', [
  ChoiceParameter,
  DateParameter,
  NumberParameter,
  TextParameter,
  BooleanParameter,
])
export type EndpointParameter = Readonly<z.output<typeof EndpointParameter>>
export type EndpointParameterInput = Readonly<z.input<typeof EndpointParameter>>

const name = z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'expected a name of letters, digits and _')

/** The parts of a path are words, or parameters in braces. What follows /api/v1/ is ours. */
const path = z
  .string()
  .max(200)
  .regex(
    /^(\/([A-Za-z0-9][A-Za-z0-9._-]*|\{[a-z][A-Za-z0-9_]*\}))+$/,
    'expected a path such as /pipeline/{period}: words, and parameters in braces, without a / at the end',
  )
  .refine((text) => !text.startsWith('/{'), 'expected a word as the first part of the path')
  .refine((text) => !/^\/v\d+(\/|$)/i.test(text), "expected another first part: /v1 and the like are Almanac's own")

export const EndpointDefinition = z.strictObject({
  /** Behind `/api`. */
  path,
  summary: z.string().min(5),
  description: z.string().optional(),
  /** Those that stand in the path, and those behind the question mark. */
  parameters: z.record(name, EndpointParameter).default({}),
  /** Queries with references to parameters. */
  queries: z
    .record(name, z.record(z.string(), z.unknown()))
    .refine((queries) => Object.keys(queries).length > 0, 'expected at least one query')
    .refine((queries) => Object.keys(queries).length <= 20, 'expected at most 20 queries'),
  answer: z.unknown().transform((value) => value as AnswerTemplate),
  /** Anybody may ask. Otherwise it takes the right to read. */
  isPublic: z.boolean().default(false),
  /** For how long those who ask may keep an answer without asking again. */
  maxAgeSeconds: z.int().min(0).max(31_536_000).default(0),
  /** IANA name; today is a date of this zone. */
  timezone: z.string().refine(isTimeZone, 'expected a time zone such as Europe/Berlin').default('UTC'),
})
export type EndpointDefinition = Readonly<z.output<typeof EndpointDefinition>>

/** The names in the path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
