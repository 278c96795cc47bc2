/** What was read last of something that other servers change, too. */
export interface KeptReading<T> {
  value(): T
  /** Reads it again where it has changed. Rejects while it cannot be read; the last value stays. */
  refresh(): Promise<void>
  /** Waits for the reading under way. */
  close(): Promise<void>
}

interface KeptReadingOptions<T> {
  /** Differs whenever the value does. */
  readonly version: () => Promise<string>
  readonly read: () => Promise<T>
  readonly onError: (error: unknown) => void
  readonly refreshMs: number
}

/** Looks again and again whether something has changed, and reads it then. Rejects where the first reading fails. */
export async function keepReading<T>({
  version,
  read,
  onError,
  refreshMs,
}: KeptReadingOptions<T>): Promise<KeptReading<T>> {
  let seen = await version()
  let value = await read()
  const readAgain = async () => {
    const now = await version()
    if (now === seen) return
    value = await read()
    // Of before the reading: a change in between is read again.
    seen = now
  }
  let lastReading = Promise.resolve()
  /** One after the other, so that an older value never takes the place of a newer one. */
  const refresh = () => {
    lastReading = lastReading.catch(() => undefined).then(readAgain)
    return lastReading
  }
  const timer = setInterval(() => refresh().catch(onError), refreshMs)
  timer.unref()
  return {
    value: () => value,
    refresh,
    close: async () => {
      clearInterval(timer)
      await lastReading.catch(() => undefined)
    },
  }
}
