import { useEffect, useMemo, useState } from 'react'

/** The present minute. Ranges are made from it, so that a page left open overnight moves on to the new day. */
export function useMinute(): Temporal.Instant {
  const [minute, setMinute] = useState(currentMinute)
  useEffect(() => {
    const timer = setInterval(() => setMinute(currentMinute()), 5000)
    return () => clearInterval(timer)
  }, [])
  return useMemo(() => Temporal.Instant.fromEpochMilliseconds(minute), [minute])
}

/** As a number, so that setting the same minute again draws nothing. */
function currentMinute(): number {
  return Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' }).epochMilliseconds
}
