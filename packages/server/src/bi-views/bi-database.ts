/** Beside `almanac` stands `bi`, and beside a test's own database one of its own. */
export function biDatabase(database: string): string {
  return database.replace(/^almanac/, 'bi')
}
