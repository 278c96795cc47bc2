import { useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { isNotFetched, loadAnew } from '../../lazy/load-anew.ts'

const RETRY_MS = 5000

/**
 * Tries again to show a page that has failed, which it also does by itself for as long as `isPassing`, or as its code has not come:
 * where a whole page is missing, nothing on it can be lost.
 */
export function usePageRetry(error: ApiError, isPassing = false): () => void {
  const router = useRouter()
  const isCode = isNotFetched(error)
  const retry = useCallback(() => void (isCode ? loadAnew() : router.invalidate()), [isCode, router])
  useEffect(() => {
    if (!isCode && !isPassing) return
    const timer = setInterval(retry, RETRY_MS)
    return () => clearInterval(timer)
  }, [isCode, isPassing, retry])
  return retry
}
