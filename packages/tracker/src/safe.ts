/** Whatever goes wrong in here is nothing to the page: no error reaches it, nor its error reports. */
export function safe<Arguments extends unknown[]>(
  run: (...given: Arguments) => unknown,
): (...given: Arguments) => void {
  return (...given) => {
    try {
      run(...given)
    } catch {}
  }
}

/** On the window, where events of the document come by first, whatever the page does to them later. */
export function on<Kind extends Event>(type: string, run: (event: Kind) => unknown): void {
  addEventListener(type, safe(run) as (event: Event) => void, true)
}
