import { useEffect, useState } from 'react'

/** The present minute. Ranges are made from it, so that a page left open overnight moves on to the new day. */
export function useNow(timezone: string): Temporal.ZonedDateTime {
  const [minute, setMinute] = useState(currentMinute)
  useEffect(() => {
    const timer = setInterval(() => setMinute(currentMinute()), 5000)
    return () => clearInterval(timer)
  }, [])
  return Temporal.Instant.fromEpochMilliseconds(minute).toZonedDateTimeISO(timezone)
}

/** As a number, so that setting the same minute again draws nothing. */
function currentMinute(): number {
  return Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' }).epochMilliseconds
}
