import { z } from 'zod'

/** What settings are made of. All read text, as it comes from the environment, and say what they expected. */

export function integer(what: string, min: number, max: number) {
  const expected = `${what} between ${min} and ${max}`
  return z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    return refuse(context, expected, text)
  })
}

const UNITS: Record<string, number> = { '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }

export const byteSize = z.string().transform((text, context) => {
  const [, digits, unit] = /^(\d+)\s*([KMGT]iB|)$/.exec(text) ?? []
  const value = Number(digits) * (UNITS[unit ?? ''] ?? Number.NaN)
  return Number.isSafeInteger(value) ? value : refuse(context, 'a size such as 512MiB', text)
})

/** A password in the text is not repeated in the message. */
export function url(protocols: readonly string[], example: string) {
  return z.string().transform((text, context) => {
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
    return refuse(context, `an address such as ${example}`)
  })
}

/** It becomes part of SQL. A macro of the ClickHouse servers, such as `{cluster}`, is a name too. */
export const clusterName = z.string().transform((text, context) => {
  if (text === '' || /^(\w[\w-]*|\{\w+\})$/.test(text)) return text
  return refuse(context, 'a name of letters, digits, - and _', text)
})

function refuse(context: z.RefinementCtx, expected: string, got?: string): never {
  const message = got === undefined ? `expected ${expected}` : `expected ${expected}, got "${got}"`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}
