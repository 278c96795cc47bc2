import type { ForeignEvent } from '../events/foreign-event.ts'
import { type JsonRecord, textOf } from './loose-values.ts'

/** What people keep, not what they look at in the browser: documents, archives, programs, sound and film. */
const DOWNLOADS = new Set(
  `7z aac apk appimage avi bin bz2 csv deb dmg doc docx epub exe flac flv gz ics img iso jar key m4a m4v mkv mobi mov mp3
   mp4 mpeg mpg msi msix numbers odp ods odt ogg ogv pages parquet pdf pkg ppt pptx rar rpm rtf sqlite tar tgz torrent tsv
   txt wav webm wma wmv xls xlsx xml xz zip zst`.split(/\s+/),
)

/**
 * The script reports every click on another host's link and on what ends like a file; which of them is a download is
 * decided here, so that the list can grow without a new script. Undefined for a click that is neither.
 */
export function linkEvent(
  common: ForeignEvent,
  { url, download }: JsonRecord,
  ofPage: Record<string, unknown>,
): ForeignEvent | undefined {
  const link = addressOf(url)
  // What leads to no host, such as mailto:, leads nowhere.
  if (!link?.host) return undefined
  const fileName = textOf(download)
  const properties = { ...ofPage, url: link.href, ...(fileName !== undefined && { file_name: fileName }) }
  if (fileName !== undefined || isDownload(link)) return { ...common, name: 'download', properties }
  if (link.host !== addressOf(common.url)?.host) return { ...common, name: 'outbound_link', properties }
  return undefined
}

function isDownload({ pathname }: URL): boolean {
  return DOWNLOADS.has(/\.(\w+)$/.exec(pathname)?.[1]?.toLowerCase() ?? '')
}

function addressOf(value: unknown): URL | undefined {
  const text = textOf(value)
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined
}
