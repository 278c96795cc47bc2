import { CALENDAR_PARTS, type CalendarPart } from '@almanac/core/cubes/cube.ts'
import { calendarSql } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { expect, test } from 'vitest'
import type { TestDatabase } from './support/engines.ts'
import { useTestDatabase } from './support/use-test-database.ts'

/** Rows are found by parts of the calendar, whatever the index of their table makes of the question. */

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

/** A part of the table each, whose first and last time its index knows. */
const PAIRS = Array.from({ length: 20 }, (_, i) => {
  const first = Temporal.Instant.from('2025-12-26T01:30:00Z').add({ hours: 11 * i })
  return [first, first.add({ hours: 11 })]
})
const PARTS: Record<CalendarPart, (time: Temporal.ZonedDateTime) => number> = {
  hour_of_day: ({ hour }) => hour,
  day_of_week: ({ dayOfWeek }) => dayOfWeek,
  day_of_month: ({ day }) => day,
  week_of_year: ({ weekOfYear }) => weekOfYear as number,
  month_of_year: ({ month }) => month,
}

test.each(['UTC', 'Pacific/Apia', 'America/New_York'])('every time is found by its parts in %s', async (zone) => {
  await db.clickhouse.command({
    query: `CREATE TABLE times (pair UInt8, at DateTime64(3, 'UTC')) ENGINE = MergeTree PARTITION BY pair ORDER BY at`,
  })
  const rows = PAIRS.flatMap((times, pair) => times.map((at) => ({ pair, at: at.toString().replace('Z', '') })))
  await db.clickhouse.insert({ table: 'times', values: rows, format: 'JSONEachRow' })
  for (const part of CALENDAR_PARTS) {
    const values = PAIRS.flat().map((time) => PARTS[part](time.toZonedDateTimeISO(zone)))
    for (const value of new Set(values)) {
      const query = `SELECT count() AS found FROM times WHERE ${calendarSql(part, 'at')} = ${value}`
      const answer = await db.clickhouse.query({ query, query_params: { zone }, format: 'JSONEachRow' })
      const found = values.filter((one) => one === value).length
      expect(await answer.json(), `${part} ${value}`).toEqual([{ found }])
    }
  }
})
