import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { batched } from './batched.ts'

const never = new AbortController().signal

test('what is asked in the same moment goes out together, and everybody gets their own answer', async () => {
  const requests: (readonly number[])[] = []
  const ask = batched(async (questions: readonly number[]) => {
    requests.push(questions)
    return questions.map((question) => `answer ${question}`)
  }, 50)
  const first = Promise.all([ask(1, never), ask(2, never), Promise.resolve().then(() => ask(3, never))])
  expect(await first).toEqual(['answer 1', 'answer 2', 'answer 3'])
  expect(await ask(4, never)).toBe('answer 4')
  expect(requests).toEqual([[1, 2, 3], [4]])
})

test('more than one request takes are several', async () => {
  const sizes: number[] = []
  const ask = batched(async (questions: readonly number[]) => {
    sizes.push(questions.length)
    return questions
  }, 2)
  expect(await Promise.all([1, 2, 3].map((question) => ask(question, never)))).toEqual([1, 2, 3])
  expect(sizes).toEqual([2, 1])
})

test('the mistake in one question leaves the answers of the others', async () => {
  const ask = batched(
    async (questions: readonly string[]) => questions.map((text) => (text === 'bad' ? new Error(text) : text)),
    50,
  )
  const [good, bad] = await Promise.allSettled([ask('good', never), ask('bad', never)])
  expect(good).toEqual({ status: 'fulfilled', value: 'good' })
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad' } })
})

test('a request that fails fails for all who asked', async () => {
  const ask = batched<number, number>(() => Promise.reject(new Error('away')), 50)
  const results = await Promise.allSettled([ask(1, never), ask(2, never)])
  expect(results).toMatchObject([{ reason: { message: 'away' } }, { reason: { message: 'away' } }])
})

test('a question that got no answer is an error and does not wait for ever', async () => {
  const ask = batched<number, number>(async () => [], 50)
  await expect(ask(1, never)).rejects.toThrow('without an answer')
})

test('who gives up hears of it at once, and the request ends when nobody waits any more', async () => {
  let request: AbortSignal | undefined
  const ask = batched<number, number>((_, signal) => {
    request = signal
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }, 50)
  const [one, two] = [new AbortController(), new AbortController()]
  const answers = [ask(1, one.signal), ask(2, two.signal)]
  while (!request) await setImmediate()
  one.abort('left')
  await expect(answers[0]).rejects.toBe('left')
  expect(request.aborted).toBe(false)
  two.abort('left, too')
  await expect(answers[1]).rejects.toBe('left, too')
  expect(request.aborted).toBe(true)
})

test('a question that was given up before it went out is not asked', async () => {
  const requests: (readonly number[])[] = []
  const ask = batched(async (questions: readonly number[]) => {
    requests.push(questions)
    return questions
  }, 50)
  const left = new AbortController()
  const answers = Promise.allSettled([ask(1, left.signal), ask(2, never)])
  left.abort('left')
  expect(await answers).toMatchObject([{ status: 'rejected' }, { value: 2 }])
  await expect(ask(3, left.signal)).rejects.toBe('left')
  expect(requests).toEqual([[2]])
})
