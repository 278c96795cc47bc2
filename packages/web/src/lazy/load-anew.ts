import { useEffect } from 'react'
import { ApiError } from '../api/api-error.ts'

/** Code for a part of the page did not come. */
export const isNotFetched = (error: unknown): boolean => error instanceof ApiError && error.code === 'code_not_fetched'

/**
 * Loads the page anew once the server is there: a browser remembers for as long as a page lives that a module could not be fetched.
 * While the server is away nothing happens, or the browser's error page would take the place of ours.
 */
export async function loadAnew(): Promise<void> {
  const isThere = await fetch('/healthz').then(
    () => true,
    () => false,
  )
  if (isThere) window.location.reload()
}

const RETRY_MS = 5000

/** The same by itself, for as long as it is needed: where a whole page is missing, nothing on it can be lost. */
export function useLoadAnew(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const timer = setInterval(() => void loadAnew(), RETRY_MS)
    return () => clearInterval(timer)
  }, [isNeeded])
}
