/** Reads again when the last answer is older than `freshMs`; who asks in between shares it. A failure is not kept. */
export function remember<T>(read: () => Promise<T>, freshMs: number, nowMs: () => number = Date.now): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly atMs: number } | undefined
  return () => {
    if (last !== undefined && nowMs() - last.atMs < freshMs) return last.answer
    const answer = read()
    const mine = { answer, atMs: nowMs() }
    last = mine
    answer.catch(() => {
      if (last === mine) last = undefined
    })
    return answer
  }
}
