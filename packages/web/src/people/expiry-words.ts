/**
 * Until when something holds, as a stretch of time: `6 days left`; the last hour is told by its minutes. Hours and days are those that
 * have begun, so that what was made just now for a week has seven.
 */
export function expiryWords(expiresAt: string, now: Temporal.Instant): string {
  const minutes = Math.floor(Temporal.Instant.from(expiresAt).since(now).total('minutes'))
  if (minutes < 0) return 'Over'
  if (minutes < 60) return left(minutes, 'minute')
  if (minutes < 48 * 60) return left(Math.ceil(minutes / 60), 'hour')
  return left(Math.ceil(minutes / (24 * 60)), 'day')
}

const left = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} left`
