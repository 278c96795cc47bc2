import type { KeyboardEvent } from 'react'
import { isPickable, type PointerProps } from './pointer-props.ts'
import { stepTo } from './reading-steps.ts'
import type { Pointing } from './use-pointing.ts'

/**
 * Arrow keys walk through the readings, with shift they mark a stretch; Enter zooms into it, filters by the reading or looks
 * inside; Escape leaves.
 */
export function chartKeys(props: PointerProps, pointing: Pointing, canZoom: boolean): (event: KeyboardEvent) => void {
  const { readings } = props.drawing
  const { active, point, leave, markFrom, mark, zoom, pick, drill } = pointing

  const enter = (event: KeyboardEvent, index: number) => {
    const reading = readings[index]
    if (markFrom !== undefined) zoom(index)
    else if (reading && isPickable(reading, props) && !event.altKey)
      pick(index, event.ctrlKey || event.metaKey || event.shiftKey)
    else drill(index)
  }
  const walk = (event: KeyboardEvent, next: number) => {
    mark(event.shiftKey && canZoom ? (markFrom ?? active?.index ?? next) : undefined)
    point({ index: next, by: 'keys' })
  }
  return (event) => {
    const isModified = event.ctrlKey || event.metaKey || event.altKey
    const next = isModified ? undefined : stepTo(event.key, active?.index, readings.length)
    if (event.key === 'Escape' && active) leave()
    else if (event.key === 'Enter' && active) enter(event, active.index)
    else if (next !== undefined) walk(event, next)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
