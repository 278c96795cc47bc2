import type { Protocol } from './protocol.ts'

/**
 * All protocols. Where two share a path, the one that stands first and says that the request is its own gets it, so those
 * that look closely come before those that take what is left.
 */
export const PROTOCOLS: readonly Protocol[] = []
