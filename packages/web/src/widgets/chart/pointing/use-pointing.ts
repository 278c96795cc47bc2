import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { isDrillable, isPickable, type PointedBy, type PointerProps } from './pointer-props.ts'
import { stretchOf } from './reading-steps.ts'
import type { Point } from './tooltip-place.ts'

/** The reading that the reader points at. */
export interface Active {
  readonly index: number
  readonly by: PointedBy
  /** Where the pointer is, inside the chart. */
  readonly at?: Point
}

interface Modifiers {
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

export interface Pointing {
  readonly active: Active | undefined
  readonly point: (next: Active) => void
  readonly leave: () => void
  /** The reading at which the marking of a stretch began. */
  readonly markFrom: number | undefined
  readonly mark: (from: number | undefined) => void
  readonly zoom: (to: number) => void
  readonly pick: (index: number, isAdditive: boolean) => void
  readonly drill: (index: number) => void
  readonly click: (index: number, at: Point, event: Modifiers) => void
  /** `mouse`, `touch` or `pen`, of the last press. */
  readonly pressedBy: RefObject<string>
}

/** What is pointed at and marked in a chart, and what that leads to; the mouse, a finger and the keyboard share it. */
export function usePointing(props: PointerProps, box: RefObject<HTMLElement | null>): Pointing {
  const { drawing, crosshair, onZoom, onPick, onDrill } = props
  const { readings } = drawing
  const [active, setActive] = useState<Active>()
  const [markFrom, mark] = useState<number>()
  const pressedBy = useRef('mouse')
  const waitingPick = useRef<ReturnType<typeof setTimeout>>(undefined)

  const point = (next: Active) => {
    setActive(next)
    const time = readings[next.index]?.time
    if (crosshair && crosshair.time !== time) crosshair.set(time)
  }
  const leave = () => {
    setActive(undefined)
    mark(undefined)
    if (active) crosshair?.set(undefined)
  }
  const zoom = (to: number) => {
    const stretch = markFrom === undefined ? undefined : stretchOf(readings, markFrom, to)
    leave()
    if (stretch) onZoom?.(stretch.from, stretch.to)
  }
  const pick = (index: number, isAdditive: boolean) => {
    const picked = readings[index]
    if (picked && isPickable(picked, props)) onPick?.(picked.picks, isAdditive)
  }
  const drill = (index: number) => {
    clearTimeout(waitingPick.current)
    const drilled = readings[index]
    if (drilled?.time && drilled.timeEnd) onDrill?.(drilled.time, drilled.timeEnd)
  }
  /** A finger has no hover: its first tap reads, a second on the same mark acts. */
  const click = (index: number, at: Point, event: Modifiers) => {
    const isTap = pressedBy.current === 'touch'
    const clicked = readings[index]
    const isFirstTap = isTap && active?.index !== index
    point({ index, by: isTap ? 'touch' : 'mouse', at })
    if (isFirstTap || !clicked) return
    const isAdditive = event.ctrlKey || event.metaKey || event.shiftKey
    clearTimeout(waitingPick.current)
    if (isTap && !isPickable(clicked, props)) drill(index)
    // The first click of two is no pick.
    else if (!isTap && isDrillable(clicked, props))
      waitingPick.current = setTimeout(() => pick(index, isAdditive), DOUBLE_CLICK_MS)
    else pick(index, isAdditive)
  }

  useEffect(() => () => clearTimeout(waitingPick.current), [])
  useLeaving(active !== undefined, box, leave)
  return { active, point, leave, markFrom, mark, zoom, pick, drill, click, pressedBy }
}

/** Longer than most people's double click, shorter than a wait that is felt. */
const DOUBLE_CLICK_MS = 260

/** The tooltip lies over the page: it would stay where the chart no longer is, or where nobody looks any more. */
function useLeaving(isActive: boolean, box: RefObject<HTMLElement | null>, leave: () => void): void {
  const leaveNow = useEffectEvent(leave)
  useEffect(() => {
    if (!isActive) return
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && box.current?.contains(event.target)
      if (event.type === 'scroll' || !isInside) leaveNow()
    }
    document.addEventListener('scroll', close, { capture: true, passive: true })
    document.addEventListener('pointerdown', close)
    return () => {
      document.removeEventListener('scroll', close, { capture: true })
      document.removeEventListener('pointerdown', close)
    }
  }, [isActive, box])
}
