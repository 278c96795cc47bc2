import { type RefObject, useEffect, useRef } from 'react'

/** Puts the focus into the first field of the form that the server has found wrong, whenever it says so anew. */
export function useFocusProblem(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (!error || !field) return
    field.focus({ preventScroll: true })
    // What is wrong with it stands below the field, where a form's buttons may lie over the page.
    field.scrollIntoView({ block: 'center' })
  }, [error])
  return form
}
