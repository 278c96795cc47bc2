interface Asked<Question, Answer> {
  readonly question: Question
  readonly signal: AbortSignal
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

/** Asks several questions at once; the answers, or what was wrong with one of them, are in the order of the questions. */
type AskAll<Question, Answer> = (
  questions: readonly Question[],
  signal: AbortSignal,
) => Promise<readonly (Answer | Error)[]>

/**
 * Questions that are asked in the same moment go out together, at most `most` in one request. Each has its own answer or its
 * own error and can be given up by itself; the request ends when nobody waits for it any more.
 */
export function batched<Question, Answer>(askAll: AskAll<Question, Answer>, most: number) {
  let waiting: Asked<Question, Answer>[] = []

  function sendWaiting(): void {
    const wanted = waiting.filter(({ signal }) => !signal.aborted)
    waiting = []
    for (let i = 0; i < wanted.length; i += most) void askTogether(askAll, wanted.slice(i, i + most))
  }

  return (question: Question, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      waiting.push({ question, signal, resolve, reject })
      // After all that the page does in this moment: widgets that appear together ask one after the other.
      if (waiting.length === 1) setTimeout(sendWaiting)
    })
}

async function askTogether<Question, Answer>(
  askAll: AskAll<Question, Answer>,
  asked: readonly Asked<Question, Answer>[],
): Promise<void> {
  const request = new AbortController()
  const endIfUnwanted = () => {
    if (asked.every(({ signal }) => signal.aborted)) request.abort()
  }
  for (const { signal } of asked) signal.addEventListener('abort', endIfUnwanted, { once: true })
  try {
    const answers = await askAll(
      asked.map(({ question }) => question),
      request.signal,
    )
    for (const [i, { resolve, reject }] of asked.entries()) {
      const answer = answers[i] ?? new Error('The server left a question without an answer')
      if (answer instanceof Error) reject(answer)
      else resolve(answer)
    }
  } catch (error) {
    for (const { reject } of asked) reject(error)
  } finally {
    for (const { signal } of asked) signal.removeEventListener('abort', endIfUnwanted)
  }
}
