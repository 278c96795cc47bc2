import { expect, test } from 'vitest'
import { type CachedAnswer, createAnswerCache } from './answer-cache.ts'

const never = new AbortController().signal
const answer = (body: string): CachedAnswer => ({ body, etag: body })

test('who asks the same at the same moment waits for one computation', async () => {
  const cache = createAnswerCache({ now: () => 0 })
  const computing = Promise.withResolvers<CachedAnswer>()
  let count = 0
  const compute = () => {
    count += 1
    return computing.promise
  }
  const asked = [cache.get('a', never, compute), cache.get('a', never, compute)]
  computing.resolve(answer('1'))

  expect(await Promise.all(asked)).toEqual([answer('1'), answer('1')])
  expect(count).toBe(1)
})

test('an answer is kept for a second and not longer', async () => {
  let nowMs = 0
  let count = 0
  const cache = createAnswerCache({ now: () => nowMs })
  const ask = () => cache.get('a', never, async () => answer(String(++count)))

  expect((await ask()).body).toBe('1')
  nowMs = 999
  expect((await ask()).body).toBe('1')
  nowMs = 1000
  expect((await ask()).body).toBe('2')
})

test('a failure is not kept', async () => {
  const cache = createAnswerCache({ now: () => 0 })
  const failing = cache.get('a', never, async () => {
    throw new Error('no engine')
  })

  await expect(failing).rejects.toThrow('no engine')
  expect(await cache.get('a', never, async () => answer('1'))).toEqual(answer('1'))
})

test('the computation is broken off when the last one who waits has left, and not before', async () => {
  const cache = createAnswerCache({ now: () => 0 })
  let signal: AbortSignal | undefined
  const compute = (given: AbortSignal) => {
    signal = given
    return new Promise<CachedAnswer>((_, reject) => given.addEventListener('abort', () => reject(given.reason)))
  }
  const first = new AbortController()
  const second = new AbortController()
  const asked = [cache.get('a', first.signal, compute), cache.get('a', second.signal, compute)]
  const ended = Promise.allSettled(asked)

  first.abort(new Error('gone'))
  await expect(asked[0]).rejects.toThrow('gone')
  expect(signal?.aborted).toBe(false)
  second.abort(new Error('gone, too'))
  await ended
  expect(signal?.aborted).toBe(true)
  expect(await cache.get('a', never, async () => answer('new'))).toEqual(answer('new'))
})

test('when there is too much, what was asked least recently goes first', async () => {
  const cache = createAnswerCache({ now: () => 0, mostBytes: 50 })
  const computed: string[] = []
  const ask = (key: string) =>
    cache.get(key, never, async () => {
      computed.push(key)
      return answer('0123456789')
    })
  await ask('a')
  await ask('b')
  await ask('a')
  await ask('c')
  computed.length = 0
  await ask('a')
  await ask('c')
  await ask('b')

  expect(computed).toEqual(['b'])
})

test('after a clear everything is computed anew', async () => {
  const cache = createAnswerCache({ now: () => 0 })
  const computing = Promise.withResolvers<CachedAnswer>()
  const old = cache.get('a', never, () => computing.promise)
  cache.clear()
  const fresh = cache.get('a', never, async () => answer('new'))
  computing.resolve(answer('old'))

  expect(await old).toEqual(answer('old'))
  expect(await fresh).toEqual(answer('new'))
  expect(await cache.get('a', never, async () => answer('newer'))).toEqual(answer('new'))
})
