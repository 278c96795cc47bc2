import type { Upload, UploadRefresh } from '../../api/uploads.ts'

/** What is not as it should be, in a sentence. */
export function problemOf({ isDefined, isHidden, lastLoad, refresh, name }: Upload): string | undefined {
  if (isHidden) return `The workspace has a cube ${name}, which is shown instead`
  if (!isDefined) return undefined
  if (refresh?.lastResult === 'failed') return refresh.problem ?? 'The file could not be fetched'
  if (lastLoad?.state === 'failed') return lastLoad.problem ?? 'The last file could not be loaded'
  return undefined
}

/** `In 12 minutes`, in the reader's language. */
export function refreshText({ nextAt }: Pick<UploadRefresh, 'nextAt'>, now: Temporal.Instant): string {
  const minutes = Math.round((Temporal.Instant.from(nextAt).epochMilliseconds - now.epochMilliseconds) / 60_000)
  if (minutes <= 0) return 'In a moment'
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'always' })
  const text =
    minutes < 90
      ? format.format(minutes, 'minute')
      : minutes < 36 * 60
        ? format.format(Math.round(minutes / 60), 'hour')
        : format.format(Math.round(minutes / 1440), 'day')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
