import { add } from './send.ts'

/** How long the page was to be seen, in stretches that add up, and how far down it was read, as a part of its height. */
let seenSinceMs = Number.NaN
let depth = 0

export function measureDepth(): void {
  depth = Math.max(depth, (scrollY + innerHeight) / document.documentElement.scrollHeight)
}

/** Ends a stretch, and begins one if the page is visible. What is shorter than a tenth of a second was not seen. */
export function engage(isOver?: boolean): void {
  const shortestMs = 99
  const nowMs = performance.now()
  if (nowMs - seenSinceMs > shortestMs) add('engagement', { scroll: depth }, nowMs - seenSinceMs)
  seenSinceMs = document.hidden ? Number.NaN : nowMs
  if (isOver) depth = 0
}
