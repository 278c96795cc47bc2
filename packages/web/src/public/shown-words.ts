import { formatClock, formatRange } from '@almanac/core/charts/format/format-time.ts'
import type { PublicScope } from '../api/public.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'
import { COMPARISON_WORDS } from '../dashboards/toolbar/comparison-words.ts'

/** What a shared board shows, in words: not every link has a toolbar that would say it, and paper has none. */
export interface ShownWords {
  /** `Last 28 days, 25 Oct – 21 Nov 2026, Europe/Berlin`. */
  readonly range: string
  readonly compared: string
  readonly asOf: string
}

/** `scope` is what the figures are for; nothing is said of it before it is known. */
export function shownWords(
  { rangeName }: Pick<ReaderChoice, 'rangeName'>,
  scope: PublicScope | undefined,
  asOf: string | undefined,
  locale?: string,
): ShownWords {
  if (!scope) return { range: '', compared: '', asOf: '' }
  const { timezone, compare } = scope
  const at = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  const range = formatRange({ from: at(scope.from), to: at(scope.to) }, locale)
  const names = compare.map((one) => COMPARISON_WORDS[one.with].toLowerCase())
  return {
    range: [rangeName, range, timezone].filter(Boolean).join(', '),
    compared: names.length > 0 ? `Compared with ${names.join(', ')}` : '',
    asOf: asOf ? `as of ${formatClock(Temporal.Instant.from(asOf), timezone, locale)}` : '',
  }
}
