import type { ReactElement } from 'react'

const WIDTH = 100
const HEIGHT = 28

/** The shape of a series, without axes or figures. Starts at zero, so that a small wobble stays small. */
export function Sparkline({ values, className = '' }: { values: readonly number[]; className?: string }): ReactElement {
  const line = sparklinePath(values)
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={className}>
      {line && (
        <>
          <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} className="fill-current opacity-10" />
          <path d={line} fill="none" className="stroke-current" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        </>
      )}
    </svg>
  )
}

/** An SVG path through the values; empty when there are fewer than two. */
export function sparklinePath(values: readonly number[]): string {
  if (values.length < 2) return ''
  const most = Math.max(...values, 0) || 1
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * WIDTH
    const y = HEIGHT - 1 - (Math.max(0, value) / most) * (HEIGHT - 2)
    return `${round(x)} ${round(y)}`
  })
  return `M${points.join('L')}`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
