import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from './engines.ts'

/** Both engines for a test file, and for each of its tests fresh databases in them, which are there before its own hooks run. */
export function useTestDatabase(onFresh: (database: TestDatabase) => void): void {
  let engines: TestEngines
  let database: TestDatabase
  beforeAll(async () => {
    engines = await startTestEngines()
  })
  afterAll(() => engines.close())
  beforeEach(async () => {
    database = await engines.createTestDatabase()
    onFresh(database)
  })
  afterEach(() => database.close())
}
