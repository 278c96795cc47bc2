/** A second: longer than any dialog takes to close. */
const MOST_FRAMES = 60

/** Scrolls to what has just been made; while a dialog that closes still holds the page, it waits. Returns how to call it off. */
export function bringIntoSight(selector: string): () => void {
  let frames = 0
  const look = () => {
    const isHeld = getComputedStyle(document.documentElement).overflow === 'hidden'
    const found = isHeld ? null : document.querySelector(selector)
    if (found) found.scrollIntoView({ block: 'nearest' })
    else if (frames++ < MOST_FRAMES) handle = requestAnimationFrame(look)
  }
  let handle = requestAnimationFrame(look)
  return () => cancelAnimationFrame(handle)
}
