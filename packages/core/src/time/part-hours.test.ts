import { expect, test } from 'vitest'
import { hasPartHours } from './part-hours.ts'

test.each(['Asia/Kathmandu', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Chatham'])(
  'clocks in %s stand at a part of an hour',
  (zone) => {
    expect(hasPartHours(zone)).toBe(true)
  },
)

test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'])('clocks in %s do not', (zone) => {
  expect(hasPartHours(zone)).toBe(false)
})
