/** How far a statement is, as the server says it. */
export interface SqlProgress {
  readonly rowsRead: number
  readonly rowsToRead: number | null
  readonly elapsedMs: number
}

/** `1,200,000 of about 10,000,000 rows read (12 %), 1.5 s`. */
export function progressText({ rowsRead, rowsToRead, elapsedMs }: SqlProgress): string {
  const read = rowsRead.toLocaleString('en')
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`
  if (rowsToRead === null) return `${read} rows read, ${seconds}`
  const percent = Math.floor((rowsRead / rowsToRead) * 100)
  return `${read} of about ${rowsToRead.toLocaleString('en')} rows read (${percent} %), ${seconds}`
}
