export interface TimezoneOption {
  readonly id: string
  readonly label: string
  /** Its distance from UTC at the moment that was asked for. */
  readonly note: string
}

/** All zones that the browser knows, with UTC and the reader's own first. */
export function timezoneOptions(now: Temporal.Instant, own: string): TimezoneOption[] {
  const names = new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone').map((id) => RENAMED[id] ?? id)])
  return [...names].map((id) => ({ id, label: timezoneLabel(id), note: offsetText(now, id) }))
}

/** Browsers list these by names that their places gave up long ago; nobody would find them. */
const RENAMED: Readonly<Record<string, string>> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** `America/New_York` as people read it. */
export function timezoneLabel(id: string): string {
  return id.replaceAll('_', ' ').replaceAll('/', ' / ')
}

function offsetText(now: Temporal.Instant, timezone: string): string {
  const { offset } = now.toZonedDateTimeISO(timezone)
  return offset === '+00:00'
    ? 'UTC'
    : `UTC${offset
        .replace('-', '−')
        .replace(':00', '')
        .replace(/([+−])0/, '$1')}`
}
