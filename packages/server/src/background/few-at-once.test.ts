import { expect, test } from 'vitest'
import { fewAtOnce } from './few-at-once.ts'

/** Runs that end when they are told to. */
function held(run: ReturnType<typeof fewAtOnce>, count: number) {
  const begun: number[] = []
  const ends: ((error?: Error) => void)[] = []
  const results = Array.from({ length: count }, (_, n) =>
    run(async () => {
      begun.push(n)
      await new Promise<void>((resolve, reject) => {
        ends[n] = (error) => (error ? reject(error) : resolve())
      })
      return n
    }),
  )
  return { begun, ends, results }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('so many run at a time, in the order in which they came, also after a failure', async () => {
  const { begun, ends, results } = held(fewAtOnce(2), 4)
  const settled = Promise.allSettled(results)
  await turn()
  expect(begun).toEqual([0, 1])

  ends[1]?.(new Error('broken'))
  await turn()
  expect(begun).toEqual([0, 1, 2])
  for (const n of [0, 2]) ends[n]?.()
  await turn()
  ends[3]?.()
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})

test('when too many wait, the next is refused at once', async () => {
  const run = fewAtOnce(1, 1)
  const { ends, results } = held(run, 3)
  await expect(results[2]).rejects.toMatchObject({ code: 'overloaded' })

  ends[0]?.()
  await turn()
  ends[1]?.()
  expect(await Promise.all(results.slice(0, 2))).toEqual([0, 1])
})
