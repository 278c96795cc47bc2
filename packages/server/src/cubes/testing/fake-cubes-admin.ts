import { AppError } from '@almanac/core/errors.ts'
import type { CubesAdmin } from '../cubes-admin.ts'

/** For tests: one cube `web`, of which one hour is wrong until it is repaired. */
export function fakeCubesAdmin(): CubesAdmin {
  const known = (name: string) => {
    if (name !== 'web') throw new AppError('not_found', `There is no cube ${name} that could be computed`)
  }
  const none = { total: 0, touched: 0 }
  let isPaused = false
  return {
    status: async () => [
      {
        name: 'web',
        label: 'Web',
        table: 'cube_web_00000000',
        state: 'serving',
        reason: undefined,
        isPaused,
        buckets: { hours: { total: 24, touched: 1 }, days: { total: 1, touched: 0 }, months: none },
        lastComputedAt: undefined,
        hoursPerMinute: 0,
        rowsPerSecond: undefined,
        secondsLeft: undefined,
        rows: 10,
        bytes: 100,
        rawBytes: 1000,
      },
    ],
    rebuild: async (name) => {
      known(name)
      return 24
    },
    setPaused: async (name, paused) => {
      known(name)
      isPaused = paused
    },
    async *verify(name, { repair }) {
      known(name)
      const checked = { hour: 24, day: 1, month: 0 }
      const different = [{ level: 'hour', start: '2026-05-17T10:00:00.000Z', rows: 1, hasStrayRows: false }] as const
      yield { type: 'month', month: '2026-05', done: 1, of: 1, checked, different }
      yield { type: 'end', checked, different: 1, repaired: repair ? 1 : 0 }
    },
  }
}
