/** What the address of the page for SQL says. */
export interface SqlSearch {
  /** The name of a saved statement, to be opened. */
  readonly saved?: string | undefined
}

export function parseSqlSearch({ saved }: Record<string, unknown>): SqlSearch {
  // A name such as 2024 comes as a number.
  return typeof saved === 'string' || typeof saved === 'number' ? { saved: String(saved) } : {}
}
