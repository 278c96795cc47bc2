import type { BulletDrawing } from '@almanac/core/charts/drawing.ts'
import type { ReactElement } from 'react'

interface Props {
  readonly drawing: BulletDrawing
  readonly title: string
}

type Row = BulletDrawing['rows'][number]

/** Figures against their targets: a bar, the mark that it should reach, and bands that say how good is good. */
export function BulletView({ drawing, title }: Props): ReactElement {
  const isSingle = drawing.rows.length === 1
  return (
    <section
      aria-label={`${title}. ${drawing.summary}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
      className={`flex h-full flex-col gap-4 overflow-y-auto px-4 pb-3 focus-visible:-outline-offset-2 ${isSingle ? 'justify-center' : ''}`}
    >
      {drawing.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have the same name.
        <Bullet key={index} row={row} isLabelled={!isSingle || row.label !== title} isLarge={isSingle} />
      ))}
    </section>
  )
}

function Bullet({ row, isLabelled, isLarge }: { row: Row; isLabelled: boolean; isLarge: boolean }): ReactElement {
  const { label, text, bar, target, bands, tone, progress } = row
  return (
    <div className="shrink-0">
      <p className="mb-1.5 flex items-baseline gap-2">
        {isLabelled && (
          <bdi title={label} className="min-w-0 truncate text-muted">
            {label}
          </bdi>
        )}
        <span
          className={`figures font-semibold whitespace-nowrap ${isLarge ? 'text-2xl tracking-tight' : 'ml-auto'} ${tone ? TEXTS[tone] : ''}`}
        >
          {text}
        </span>
        {progress && (
          <span className={`figures text-sm text-muted ${isLarge ? '' : 'min-w-10 text-right'}`}>{progress}</span>
        )}
      </p>
      <div className="relative h-5">
        <div className="absolute inset-0 overflow-hidden rounded-sm bg-sunken">
          {bands.map((band) => (
            <div
              key={band.from}
              style={{ left: share(band.from), width: share(band.to - band.from) }}
              className={`absolute inset-y-0 ${BANDS[band.tone]}`}
            />
          ))}
        </div>
        <div
          style={{ width: share(bar) }}
          className={`absolute inset-y-1.5 left-0 rounded-r-sm transition-[width] duration-300 ${tone ? FILLS[tone] : 'bg-accent'}`}
        />
        {target && (
          <div
            style={{ left: share(target.at) }}
            className="absolute -inset-y-0.5 w-0.5 -translate-x-1/2 rounded-full bg-ink"
          />
        )}
      </div>
      {target && (
        <p className="mt-1 flex gap-1.5 text-sm text-faint">
          <bdi className="truncate">{target.label}</bdi>
          <span className="figures whitespace-nowrap">{target.text}</span>
        </p>
      )}
    </div>
  )
}

function share(value: number): string {
  return `${Math.max(0, Math.min(1, value)) * 100}%`
}

const TEXTS = { good: 'text-positive', warning: 'text-warning', bad: 'text-negative' } as const
const FILLS = { good: 'bg-positive', warning: 'bg-warning', bad: 'bg-negative' } as const
const BANDS = { good: 'bg-positive-soft', warning: 'bg-warning-soft', bad: 'bg-negative-soft' } as const
