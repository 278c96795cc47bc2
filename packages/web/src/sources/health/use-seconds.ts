import { useEffect, useState } from 'react'

/** The present second, for "12 seconds ago". */
export function useSeconds(): Temporal.Instant {
  const [now, setNow] = useState(() => Temporal.Now.instant())
  useEffect(() => {
    const timer = setInterval(() => setNow(Temporal.Now.instant()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
