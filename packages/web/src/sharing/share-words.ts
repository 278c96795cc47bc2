import type { Board } from '@almanac/core/boards/board.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import type { ShareLink } from '../api/sharing.ts'

/** What a link can let its reader choose. */
export function choicesOf({ variables }: Pick<Board, 'variables'>): { readonly id: string; readonly label: string }[] {
  const own = variables.filter(({ name }) => !FIXED.some(({ id }) => id === name))
  return [...FIXED, ...own.map(({ name, label }) => ({ id: name, label: label || name }))]
}

const FIXED = [
  { id: 'range', label: 'The range' },
  { id: 'grain', label: 'By hour, day, week …' },
  { id: 'compare', label: 'What it is compared with' },
] as const

const SHORT: Readonly<Record<string, string>> = { range: 'range', grain: 'grain', compare: 'comparison' }

/** `May choose range, Plan`. */
export function allowedWords(allow: readonly string[], variables: Board['variables']): string {
  if (allow.length === 0) return 'Sees it as it is'
  const names = allow.map((one) => SHORT[one] ?? (variables.find(({ name }) => name === one)?.label || one))
  return `May choose ${names.join(', ')}`
}

/** Who made it, whether it is used, and until when. */
export function historyWords(
  { createdBy, createdAt, lastUsedAt, expiresAt }: ShareLink,
  now: Temporal.Instant,
): string {
  const ago = (text: string) => formatAgo(Temporal.Instant.from(text), now)
  return [
    `made ${ago(createdAt)} by ${createdBy ?? 'somebody who is gone'}`,
    lastUsedAt === null ? 'never opened' : `last opened ${ago(lastUsedAt)}`,
    ...(expiresAt === null ? [] : [endWords(expiresAt, now)]),
  ].join(' · ')
}

export function isOver({ expiresAt }: Pick<ShareLink, 'expiresAt'>, now: Temporal.Instant): boolean {
  return expiresAt !== null && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), now) <= 0
}

function endWords(expiresAt: string, now: Temporal.Instant): string {
  const at = Temporal.Instant.from(expiresAt)
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(at.epochMilliseconds)
  return Temporal.Instant.compare(at, now) <= 0 ? `expired ${day}` : `until ${day}`
}

export const EXPIRIES = [
  { id: 'never', label: 'Does not expire' },
  { id: 'day', label: 'In a day' },
  { id: 'week', label: 'In a week' },
  { id: 'month', label: 'In a month' },
  { id: 'year', label: 'In a year' },
] as const
export type Expiry = (typeof EXPIRIES)[number]['id']

/** By the calendar of whoever makes the link: a month is a month. */
export function expiresAtOf(expiry: Expiry, now: Temporal.ZonedDateTime): string | undefined {
  return expiry === 'never'
    ? undefined
    : now
        .add({ [`${expiry}s`]: 1 })
        .toInstant()
        .toString({ smallestUnit: 'second' })
}
