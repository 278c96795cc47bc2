/** A value as JSON; throws when there is something in it that would be lost on the way. */
export function plainJson(value: unknown): string {
  const json = JSON.stringify(value, function (this: unknown, key, part) {
    // The holder has what was there before `toJSON` made text of a date.
    const original = typeof this === 'object' && this !== null ? (this as Record<string, unknown>)[key] : part
    if (!isPlain(original)) throw new TypeError(`expected plain data, got ${describe(original)}${at(key)}`)
    return part
  })
  if (json === undefined) throw new TypeError('expected plain data, got undefined')
  return json
}

const at = (key: string) => (key === '' ? '' : ` at "${key}"`)

function isPlain(value: unknown): boolean {
  if (value === null || value === undefined || ['string', 'boolean'].includes(typeof value)) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  const prototype = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

function describe(value: unknown): string {
  if (typeof value === 'object') return `an object of the class ${value?.constructor?.name ?? 'unknown'}`
  return typeof value === 'number' ? String(value) : `a ${typeof value}`
}
