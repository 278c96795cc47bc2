import { expect, test } from 'vitest'
import { hasPartHours, hasWholeSteps } from './part-hours.ts'

test.each(['Asia/Kathmandu', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Chatham'])(
  'clocks in %s stand at a part of an hour',
  (zone) => {
    expect(hasPartHours(zone)).toBe(true)
  },
)

test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'])('clocks in %s do not', (zone) => {
  expect(hasPartHours(zone)).toBe(false)
})

const HOUR = 3600
const QUARTER = 900

test.each([
  { zone: 'UTC', stepSeconds: HOUR, isWhole: true, why: 'never changes' },
  { zone: 'Europe/Berlin', stepSeconds: HOUR, isWhole: true, why: 'changes at full hours, and by one' },
  { zone: 'Asia/Kathmandu', stepSeconds: HOUR, isWhole: false, why: 'lies at :45' },
  { zone: 'Asia/Kathmandu', stepSeconds: QUARTER, isWhole: true, why: 'lies at :45' },
  { zone: 'Australia/Lord_Howe', stepSeconds: HOUR, isWhole: false, why: 'lies at :30 for half of the year' },
  { zone: 'Australia/Lord_Howe', stepSeconds: HOUR, to: '2026-04-01', isWhole: true, why: 'is whole until April' },
  {
    zone: 'Asia/Gaza',
    stepSeconds: HOUR,
    from: '2010-01-01',
    to: '2010-12-01',
    isWhole: false,
    why: 'changed at 00:01',
  },
  { zone: 'Africa/Monrovia', stepSeconds: QUARTER, from: '1971-01-01', isWhole: false, why: 'had odd seconds' },
])('steps of $stepSeconds s fit the clocks of $zone: $isWhole, as it $why', (row) => {
  const ms = (date: string) => Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds
  const range = { from: ms(row.from ?? '2026-01-01'), to: ms(row.to ?? '2026-12-31') }
  expect(hasWholeSteps(row.zone, range, row.stepSeconds)).toBe(row.isWhole)
})
