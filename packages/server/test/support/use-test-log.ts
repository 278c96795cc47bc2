import { afterEach, beforeEach } from 'vitest'
import { openTestLog, type TestLog } from './log-of.ts'

/** A log of its own for each test, which is there before the test's own hooks run. */
export function useTestLog(onFresh: (testLog: TestLog) => void): void {
  let testLog: TestLog
  beforeEach(async () => {
    testLog = await openTestLog()
    onFresh(testLog)
  })
  afterEach(() => testLog.close())
}
