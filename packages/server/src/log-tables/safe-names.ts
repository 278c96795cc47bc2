/**
 * Names for views and columns out of names that anybody may have sent: small letters (on some systems files of views differ by
 * their letters alone), digits and `_` for a view, the same and capitals for a column. The first to come has the plain name.
 */

/** ClickHouse makes a file of a view's name; this leaves room for what it appends. */
const MAX_VIEW_NAME = 120
const MAX_COLUMN_NAME = 100

/** `shop.pay` is `shop_pay`. `log_` goes before a name that begins with a digit, or that something else has or may get. */
export function newViewName(eventName: string, taken: ReadonlySet<string>): string {
  const plain = eventName.toLowerCase().replace(/\W/g, '_').slice(0, MAX_VIEW_NAME)
  if (/^[a-z_]/.test(plain) && !OURS.test(plain) && !taken.has(plain)) return plain
  return unused(`log_${plain}`, taken)
}

/** Views that a later version may bring. */
const OURS = /^(?:almanac|cube)_/

/** Columns that every table has: when it happened, and, named as hardly any key is, where it comes from. */
export const FIXED_COLUMNS = {
  time: 'occurred_at',
  _source: 'source',
  _environment: 'environment',
  _event_id: 'event_id',
  _received_at: 'received_at',
} as const

/** `user.id` is `user_id`. */
export function newColumnName(path: string, taken: ReadonlySet<string>): string {
  const safe = path.replace(/\W/g, '_').slice(0, MAX_COLUMN_NAME)
  const name = /^\d/.test(safe) ? `_${safe}` : safe
  return unused(name, { has: (name) => taken.has(name) || RESERVED.has(name) })
}

/** `event` is what the view calls the table that it reads. */
const RESERVED: ReadonlySet<string> = new Set([...Object.keys(FIXED_COLUMNS), 'event'])

function unused(name: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name
  for (let n = 2; ; n++) if (!taken.has(`${name}_${n}`)) return `${name}_${n}`
}
