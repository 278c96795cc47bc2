import type { NewAnnotation } from '../../api/annotations.ts'

/** What the dialog's fields hold: times are local ones of the board's zone. */
interface AnnotationFields {
  readonly at: string
  readonly until: string
  readonly title: string
  readonly text: string
  /** With commas between them. */
  readonly tags: string
}

export function annotationOfForm(
  { at, until, title, text, tags }: AnnotationFields,
  timezone: string,
  board: string | undefined,
): NewAnnotation {
  const list = tags.split(',').flatMap((tag) => tag.trim() || [])
  return {
    at: instantOf(at, timezone),
    title: title.trim(),
    ...(until !== '' && { until: instantOf(until, timezone) }),
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(list.length > 0 && { tags: list }),
    ...(board !== undefined && { board }),
  }
}

/** For a field of local time, to the minute. */
export function localText(at: string, timezone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

const instantOf = (local: string, timezone: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).toInstant().toString()
