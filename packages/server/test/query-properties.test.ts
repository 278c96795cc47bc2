import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CubeCalendar, CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import { AppError } from '@almanac/core/errors.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { referenceAnswer } from './reference/answer.ts'
import { differences } from './reference/differences.ts'
import { knownCases } from './reference/known-cases.ts'
import { createRandom, type Random } from './reference/random.ts'
import { type QuerySpace, randomQuery } from './reference/random-query.ts'
import { smallerQueries } from './reference/smaller-queries.ts'
import { TRIAL_SPACE, trialDefinition, trialReference } from './reference/trial-cube.ts'
import { createTrialEvents, personsOf, TRIAL_DATES } from './reference/trial-events.ts'
import { createTrialWorld, type TrialWorld } from './reference/trial-world.ts'
import { WEB_SPACE, webReference } from './reference/web-reference.ts'
import type { TestDatabase } from './support/engines.ts'
import { useTestDatabase } from './support/use-test-database.ts'

/**
 * Random questions to real engines, against a reference that computes each answer from the events themselves. `SEED=` repeats a
 * run, `CASES=` says how many questions are asked of each state.
 */

const SEED = Number(process.env.SEED ?? randomInt(1e9))
const CASES = Number(process.env.CASES ?? 190)
const AT_ONCE = 3
const MOST_FAILURES = 5
/** One a state, from the first again: on days on which clocks change and that are compared with such, with a date that the month before lacks. */
const NOWS = [
  '2026-03-29T10:40:00Z',
  '2025-10-26T00:30:00Z',
  '2025-11-26T13:07:33.120Z',
  '2026-03-31T00:00:00Z',
  '2025-10-26T01:20:00Z',
]

const CALENDARS: Record<string, CubeCalendar> = {
  trial_utc: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  trial_berlin: { timezone: 'Europe/Berlin', firstDayOfWeek: 7, fiscalYearStart: 4 },
  trial_kathmandu: { timezone: 'Asia/Kathmandu', firstDayOfWeek: 1, fiscalYearStart: 1 },
}
const DEFINITIONS = [WEB_CUBE, ...Object.entries(CALENDARS).map(([name, calendar]) => trialDefinition(name, calendar))]

/** Many ask for a time that has now in it. */
function spacesAt(nowMs: number): QuerySpace[] {
  const today = new Date(nowMs).toISOString().slice(0, 10)
  const dates = [...TRIAL_DATES, today, today, today]
  return [
    { ...WEB_SPACE, cube: WEB_CUBE.name, dates },
    ...Object.keys(CALENDARS).map((cube) => ({ ...TRIAL_SPACE, cube, dates })),
  ]
}

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

type Change = (world: TrialWorld, random: Random, newEvents: ReturnType<typeof createTrialEvents>) => Promise<void>

/** Each begins where the one before has left the tables. */
const STATES: Readonly<Record<string, Change>> = {
  'nothing computed': (world, _random, newEvents) => world.store(newEvents(500)),
  'hours computed, days and months not': (world) => world.computeHours(),
  'all computed': (world) => world.computeAll(),
  'some hours touched again': (world, _random, newEvents) => world.store(newEvents(25)),
  'all computed again': (world) => world.computeAll(),
  'one hour touched': (world, _random, newEvents) => world.store(newEvents(1)),
  'all touched': (world, _random, newEvents) => world.store(newEvents(500)),
  'a person erased, all computed': async (world, random) => {
    await world.erase(`user-${random.below(12)}`)
    await world.computeAll()
  },
  'a person erased, touched': (world, random) => world.erase(`user-${random.below(12)}`),
  'a changed definition beside the old table': (world) => world.define(DEFINITIONS.map(changed)),
  'the changed definition computed': (world) => world.computeAll(),
}

/** Of one cube, or building would take longer than asking. */
function changed({ rollups, ...definition }: CubeDefinition): CubeDefinition {
  const isChanged = definition.name === 'trial_utc'
  return { ...definition, rollups: isChanged ? rollups.toReversed().slice(1) : rollups }
}

test('every answer is what the reference computes from the events', { timeout: 900_000 }, async () => {
  console.log(`seed ${SEED}`)
  const random = createRandom(SEED)
  const newEvents = createTrialEvents(random)
  let now = 0
  await using world = await createTrialWorld(db, () => now)
  await world.define(DEFINITIONS)

  const failures: string[] = []
  const statistics = { answered: 0, refused: 0 }
  for (const [i, [state, change]] of Object.entries(STATES).entries()) {
    now = Date.parse(NOWS[i % NOWS.length] as string)
    const spaces = spacesAt(now)
    const began = performance.now()
    await change(world, random, newEvents)
    const changed = performance.now()
    const check = checker(world, now)
    const queries = [
      ...knownCases(world.events(), now),
      ...Array.from({ length: CASES }, () => randomQuery(random, random.pick(spaces))),
    ]
    await eachOf(queries, AT_ONCE, async (query, n) => {
      if (failures.length >= MOST_FAILURES) return
      const result = await check(query)
      if (result === 'refused') statistics.refused++
      else statistics.answered++
      if (typeof result === 'string') return
      const smallest = await shrunk(query, result, check)
      failures.push(
        [
          `seed ${SEED}, state "${state}", case ${n}`,
          JSON.stringify(smallest.query),
          ...smallest.wrong.slice(0, 6),
        ].join('\n'),
      )
    })
    console.log(
      `${state}: ${Math.round(changed - began)} ms, then ${queries.length} cases in ${Math.round(performance.now() - changed)} ms`,
    )
  }
  console.log(JSON.stringify(statistics))
  expect(failures.join('\n\n')).toBe('')
  expect(statistics.refused).toBeLessThan(statistics.answered / 10)
})

type Check = (query: QueryInput) => Promise<'right' | 'refused' | readonly string[]>

/** Asks both. A query with a mistake in it is nobody's fault. */
function checker(world: TrialWorld, now: number): Check {
  const events = world.events()
  const persons = personsOf(events)
  return async (input) => {
    const query = Query.parse(input)
    const calendar = CALENDARS[query.cube]
    const reference = calendar ? trialReference(calendar, persons) : webReference(persons)
    try {
      const answer = await world.ask(input)
      const wrong = differences(query, answer, referenceAnswer(query, reference, events, now))
      return wrong.length === 0
        ? 'right'
        : [...wrong, `tables ${answer.meta.tables}; ${answer.meta.rollup ?? 'no rollup'}`]
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_query') return 'refused'
      return [
        error instanceof Error
          ? `${error.message} ${error.cause ?? ''} ${error instanceof AppError ? '' : error.stack}`
          : String(error),
      ]
    }
  }
}

/** Leaves out of a failing query what it fails without. */
async function shrunk(
  query: QueryInput,
  found: readonly string[],
  check: Check,
): Promise<{ query: QueryInput; wrong: readonly string[] }> {
  let smallest = query
  let wrong = await check(query)
  if (typeof wrong === 'string') return { query, wrong: ['asked again, it is right', ...found] }
  for (let left = 80; left > 0; ) {
    let isSmaller = false
    for (const candidate of smallerQueries(smallest)) {
      if (left-- <= 0) break
      const result = await check(candidate)
      if (typeof result === 'string' || isDeepStrictEqual(candidate, smallest)) continue
      smallest = candidate
      wrong = result
      isSmaller = true
      break
    }
    if (!isSmaller) break
  }
  return { query: smallest, wrong }
}

async function eachOf<T>(list: readonly T[], atOnce: number, run: (one: T, n: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < list.length) {
        const n = next++
        await run(list[n] as T, n)
      }
    }),
  )
}
