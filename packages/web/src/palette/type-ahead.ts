/** So that a palette that never comes does not keep the keyboard. */
const LONGEST_MS = 3000

let collected = ''
let stop: (() => void) | undefined

/** From the keys that open the palette until it has the focus: what is typed is for it, and not for the page behind. */
export function collectTyping(): void {
  stop?.()
  collected = ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if ([...event.key].length === 1) collected += event.key
  }
  const timer = setTimeout(() => stop?.(), LONGEST_MS)
  stop = () => {
    clearTimeout(timer)
    document.removeEventListener('keydown', onKeyDown, { capture: true })
    stop = undefined
  }
  document.addEventListener('keydown', onKeyDown, { capture: true })
}

/** What has been typed meanwhile; from now on the keys are the palette's own. */
export function takeTyped(): string {
  stop?.()
  const typed = collected
  collected = ''
  return typed
}
