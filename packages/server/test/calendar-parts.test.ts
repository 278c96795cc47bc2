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

const TIMES = Array.from({ length: 20 }, (_, i) => Temporal.Instant.from('2025-12-26T01:30:00Z').add({ hours: 11 * i }))
const PARTS: Record<CalendarPart, (time: Temporal.ZonedDateTime) => number> = {
  hour_of_day: ({ hour }) => hour,
  day_of_week: ({ dayOfWeek }) => dayOfWeek,
  day_of_month: ({ day }) => day,
  week_of_year: ({ weekOfYear }) => weekOfYear as number,
  month_of_year: ({ month }) => month,
}

test.each(['UTC', 'Pacific/Apia', 'America/New_York'])('every time is found by its parts in %s', async (zone) => {
  await db.clickhouse.command({
    query: `CREATE TABLE times (at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY at`,
  })
  // Two in a row, so that each part of the table spans less than a day.
  for (let i = 1; i < TIMES.length; i++) {
    const values = TIMES.slice(i - 1, i + 1).map((time) => ({ at: time.toString().replace('Z', '') }))
    await db.clickhouse.insert({ table: 'times', values, format: 'JSONEachRow' })
  }
  for (const part of CALENDAR_PARTS) {
    const values = TIMES.map((time) => PARTS[part](time.toZonedDateTimeISO(zone)))
    for (const value of new Set(values)) {
      const query = `SELECT uniqExact(at) AS found FROM times WHERE ${calendarSql(part, 'at')} = ${value}`
      const answer = await db.clickhouse.query({ query, query_params: { zone }, format: 'JSONEachRow' })
      const found = values.filter((one) => one === value).length
      expect(await answer.json(), `${part} ${value}`).toEqual([{ found }])
    }
  }
})
