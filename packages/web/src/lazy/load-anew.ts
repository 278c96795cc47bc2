import type { ApiError } from '../api/api-error.ts'

/** Code for a part of the page did not come. */
export const isNotFetched = ({ code }: ApiError): boolean => code === 'code_not_fetched'

/**
 * Loads the page anew once the server is there: a browser remembers for as long as a page lives that a module could not be fetched.
 * While the server is away nothing happens, or the browser's error page would take the place of ours.
 */
export async function loadAnew(): Promise<void> {
  const isThere = await fetch('/healthz').then(
    // What stands before the server may answer for it that it is away.
    ({ ok }) => ok,
    () => false,
  )
  if (isThere) window.location.reload()
}
