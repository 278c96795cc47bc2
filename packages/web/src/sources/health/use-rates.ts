import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SourceHealth } from '../../api/sources.ts'
import { withRate } from './rate.ts'

/** The rates that the answers had since the page was opened. */
export function useRates({ data, dataUpdatedAt }: UseQueryResult<SourceHealth>): readonly number[] {
  const [rates, setRates] = useState<readonly number[]>([])
  const rate = data?.eventsPerSecond
  // Each answer is a point, also when it is the same again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    if (rate !== undefined) setRates((earlier) => withRate(earlier, rate))
  }, [rate, dataUpdatedAt])
  return rates
}
