/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The download has read the address by then; browsers do not tell when.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Of a title and the moment that the figures are of: `visitors-by-day-2026-11-22-1042`. */
export function fileName(title: string, asOf: string | undefined): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  const stem = [...words].slice(0, 80).join('') || 'chart'
  const when = asOf?.slice(0, 16).replace('T', '-').replaceAll(':', '')
  return when ? `${stem}-${when}` : stem
}
