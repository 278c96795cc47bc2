import { randomInt } from 'node:crypto'
import { Comparison } from '@almanac/core/query/query.ts'
import { bucketStarts } from '@almanac/core/time/buckets.ts'
import { comparedRange } from '@almanac/core/time/comparison.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { expect, test } from 'vitest'
import { bucketName, bucketsOf, type Calendar } from './reference/buckets.ts'
import { compared } from './reference/compared.ts'
import { momentMs, timeText } from './reference/local-time.ts'
import { createRandom, type Random } from './reference/random.ts'
import { randomTime } from './reference/random-query.ts'
import { TRIAL_DATES } from './reference/trial-events.ts'

/** The product's calendar against clocks that are read, on random ranges around changes of clocks. */

const seed = Number(process.env.SEED ?? randomInt(1e9))
console.log(`seed ${seed}`)

interface Ranged {
  readonly from: number
  readonly to: number
  readonly grain: Grain | undefined
  readonly calendar: Calendar
}

function randomRange(random: Random): Ranged {
  const { from, to, grain, timezone = 'UTC', firstDayOfWeek = 1, fiscalYearStart = 1 } = randomTime(random, TRIAL_DATES)
  const ms = (text: string) => momentMs(text, timezone)
  return { from: ms(from), to: ms(to), grain, calendar: { timezone, firstDayOfWeek, fiscalYearStart } }
}

const zoned = (ms: number, { timezone }: Calendar) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone)

test('buckets begin where a clock that is read begins to show another one', () => {
  const random = createRandom(seed)
  for (let n = 0; n < 2000; n++) {
    const { from, to, grain = 'day', calendar } = randomRange(random)
    const starts = bucketStarts({ from: zoned(from, calendar), to: zoned(to, calendar), grain, ...calendar })
    const texts = (list: readonly number[]) => list.map((ms) => timeText(ms, calendar.timezone))
    const read = bucketsOf(from, to, grain, calendar).map(({ start }) => start)
    const what = `seed ${seed}, case ${n}: ${grain} ${JSON.stringify(calendar)} ${texts([from, to])}`
    expect(texts(starts.map(({ epochMilliseconds }) => epochMilliseconds)), what).toEqual(texts(read))
  }
})

test('every instant of a bucket has the same name, and no other bucket has it', () => {
  const random = createRandom(seed)
  for (let n = 0; n < 300; n++) {
    const { from, to, grain = 'day', calendar } = randomRange(random)
    const names = bucketsOf(from, to, grain, calendar).map(({ start, end }) => {
      const inside = [start, start + random.below(end - start), end - 1]
      const found = new Set(inside.map((ms) => bucketName(ms, grain, calendar)))
      expect(found.size, `seed ${seed}, case ${n}: ${grain} ${calendar.timezone} ${start}`).toBe(1)
      return [...found][0]
    })
    expect(new Set(names).size).toBe(names.length)
  }
})

test('a comparison stands beside the same local times of another date', () => {
  const random = createRandom(seed)
  for (let n = 0; n < 3000; n++) {
    const { from, to, grain, calendar } = randomRange(random)
    const comparison = Comparison.parse({
      with: random.pick(['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year']),
      align: random.pick(['date', 'weekday']),
      toDate: random.chance(0.5),
    })
    const now = from + random.below(Math.ceil((to - from) * 1.2))
    const zone = { ...calendar, ...(grain && { grain }) }
    const product = comparedRange({
      from: zoned(from, calendar),
      to: zoned(to, calendar),
      comparison,
      now: zoned(now, calendar),
      ...zone,
    })
    const read = compared({ from, to, grain }, comparison, calendar, now)
    const text = (ms: number) => timeText(ms, calendar.timezone)
    const what = `seed ${seed}, case ${n}: ${JSON.stringify({ grain, comparison, calendar, from: text(from), to: text(to), now: text(now) })}`
    const shown = product.windows.map(
      (window) => window && [text(window.from.epochMilliseconds), text(window.to.epochMilliseconds)],
    )
    expect(shown, what).toEqual(read.windows.map((window) => window && [text(window.start), text(window.end)]))
    expect([text(product.from.epochMilliseconds), text(product.to.epochMilliseconds)], what).toEqual([
      text(read.from),
      text(read.to),
    ])
  }
})
