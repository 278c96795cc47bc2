import { expect, test } from 'vitest'
import { sourceTallies } from './source-tallies.ts'

const event = (overrides: object = {}) => ({ ...PLACE, importId: undefined, ...overrides })
const line = (reason: string) => ({ ...PLACE, reason })
const PLACE = { source: 'website', environment: 'production' } as const

test('a batch without anything worth telling says nothing', () => {
  expect(sourceTallies([event()], [], [])).toEqual([])
})

test('duplicates, imported events and reasons are told by source and environment', () => {
  const again = event({ source: 'my shop' })
  const tallies = sourceTallies(
    [event({ importId: 'i' }), event({ importId: 'i' }), event({ environment: 'sandbox', importId: 'i' }), again],
    new Set([again]),
    [line('expected a name, got 1'), line('expected a name, got 2'), line('expected a time')],
  )

  expect(tallies).toEqual([
    {
      source: 'website',
      environment: 'production',
      imported: 2,
      duplicates: 0,
      quarantined: [
        { reason: 'expected a name', count: 2 },
        { reason: 'expected a time', count: 1 },
      ],
    },
    { source: 'website', environment: 'sandbox', imported: 1, duplicates: 0, quarantined: [] },
    { source: 'my shop', environment: 'production', imported: 0, duplicates: 1, quarantined: [] },
  ])
})
