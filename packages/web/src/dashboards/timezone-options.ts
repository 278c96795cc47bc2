export interface TimezoneOption {
  readonly id: string
  readonly label: string
  /** Its distance from UTC at the moment that was asked for. */
  readonly note: string
}

/** All zones that the browser knows, with UTC and the reader's own first. */
export function timezoneOptions(now: Temporal.Instant, own: string): TimezoneOption[] {
  const names = new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])
  return [...names].map((id) => ({ id, label: timezoneLabel(id), note: offsetText(now, id) }))
}

/** `America/New_York` as people read it. */
export function timezoneLabel(id: string): string {
  return id.replaceAll('_', ' ').replaceAll('/', ' / ')
}

function offsetText(now: Temporal.Instant, timezone: string): string {
  const { offset } = now.toZonedDateTimeISO(timezone)
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−').replace(':00', '').replace(/([+−])0/, '$1')}`
}
