import { AppError } from '@almanac/core/errors.ts'

/**
 * A server that has died breaks its connections; one that hangs (a machine that swaps, a disk that does not answer) says
 * nothing, and whoever asked it would wait with it. So it is asked now and then whether it is there, over a connection of
 * its own: those of the queries may all be busy, and `/ping` needs no user and does no work.
 */

const ANSWER_WITHIN_MS = 5_000
const ASK_EVERY_MS = 5_000

/** Throws `engine_unavailable` unless ClickHouse answers within five seconds. */
export async function pingClickHouse({ url }: { readonly url: string }): Promise<void> {
  try {
    const answer = await fetch(new URL('/ping', url), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`)
  } catch (cause) {
    throw noAnswer(cause)
  }
}

/**
 * Runs a query for as long as ClickHouse gives signs of life, and aborts it with `engine_unavailable` when there are none.
 * A query that is done within five seconds, as nearly all are, costs nothing more.
 */
export async function whileAlive<T>(
  ping: () => Promise<void>,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
  askEveryMs = ASK_EVERY_MS,
): Promise<T> {
  const dead = new AbortController()
  const timer = setInterval(() => ping().catch((error) => dead.abort(error)), askEveryMs)
  try {
    return await run(AbortSignal.any([signal, dead.signal]))
  } catch (error) {
    throw dead.signal.aborted ? dead.signal.reason : error
  } finally {
    clearInterval(timer)
  }
}

function noAnswer(cause: unknown): AppError {
  return new AppError('engine_unavailable', `ClickHouse does not answer: ${reasonOf(cause)}`, {
    hint: 'The embedded one is started again by itself when it dies; try again in a few seconds. "almanac doctor" says more.',
    cause,
  })
}

/** `fetch` hides what happened in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `it said nothing for ${ANSWER_WITHIN_MS / 1000} s`
  return error.cause instanceof Error ? error.cause.message : error.message
}
