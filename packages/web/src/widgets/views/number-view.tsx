import type { NumberDrawing } from '@almanac/core/charts/drawing.ts'
import { AlertTriangle, CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactElement } from 'react'
import { DeltaText } from '../chart/delta-text.tsx'
import type { Size } from '../chart/use-size.ts'
import { figureSizePx } from './figure-size.ts'
import { Spark } from './spark.tsx'

interface Props {
  readonly drawing: NumberDrawing
  readonly size: Size
  /** Of the card: the figure's own name is said only where the card has none. */
  readonly title: string
}

/** One figure, as large as its box allows, with what it is compared with. */
export function NumberView({ drawing, size, title }: Props): ReactElement {
  const { label, text, exact, deltas, sparkline, target, tone, summary } = drawing
  const deltasPx = deltas.length * NOTE_PX
  const notesPx = deltasPx + (target ? TARGET_PX : 0)
  const isLabelled = title.trim() === '' && size.heightPx >= 100
  const hasSpark = sparkline !== undefined && size.heightPx >= notesPx + LEAST_WITH_SPARK_PX
  // A target takes its room from the line, so that the figures in a row of cards have one size.
  const besidePx = (hasSpark ? deltasPx : notesPx) + (isLabelled ? NOTE_PX : 0)
  const figurePx = figureSizePx(text, size, { notesPx: besidePx, hasSpark })
  return (
    <div className="relative flex h-full flex-col overflow-hidden">
      <p className="sr-only">{summary}</p>
      <div
        className={`flex min-w-0 flex-col gap-0.5 px-4 *:shrink-0 ${hasSpark ? 'shrink-0' : 'min-h-0 flex-1 justify-center pb-3'}`}
      >
        {isLabelled && <p className="truncate text-muted">{label}</p>}
        <p
          key={text}
          title={exact}
          style={{ fontSize: figurePx, lineHeight: 1.15 }}
          className={`settle figures flex items-center gap-[0.25em] font-semibold tracking-tight whitespace-nowrap ${tone ? TONES[tone] : ''}`}
        >
          <bdi>{text}</bdi>
          {tone && <ToneIcon tone={tone} sizePx={Math.max(14, figurePx * 0.45)} />}
        </p>
        {deltas.map((delta) => (
          <p key={delta.against} className="flex min-w-0 items-baseline gap-1.5 text-sm">
            <DeltaText delta={delta} />
            <span className="truncate text-faint">vs {inSentence(delta.against)}</span>
          </p>
        ))}
        {target && <TargetBar target={target} />}
      </div>
      {hasSpark && (
        <div className="mt-2.5 min-h-0 flex-1">
          <Spark sparkline={sparkline} />
        </div>
      )}
    </div>
  )
}

/** `Previous month` begins no sentence here. A name in capitals stays one. */
function inSentence(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function TargetBar({ target }: { target: NonNullable<NumberDrawing['target']> }): ReactElement {
  const { text, label, share, tone } = target
  return (
    <div className="mt-1">
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken forced-color-adjust-none">
        <div
          style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }}
          className={`h-full rounded-full ${FILLS[tone]}`}
        />
      </div>
      <p className="figures mt-1 flex justify-between gap-3 text-sm text-muted">
        <bdi className="truncate">{label}</bdi>
        <span className="whitespace-nowrap">{text}</span>
      </p>
    </div>
  )
}

function ToneIcon({ tone, sizePx }: { tone: keyof typeof ICONS; sizePx: number }): ReactElement {
  const { Icon, word } = ICONS[tone]
  return <Icon size={sizePx} aria-label={word} strokeWidth={2.25} className="shrink-0" />
}

const NOTE_PX = 20
const TARGET_PX = 34
const LEAST_WITH_SPARK_PX = 84

const ICONS = {
  good: { Icon: CircleCheck, word: 'Good' },
  warning: { Icon: AlertTriangle, word: 'Warning' },
  bad: { Icon: CircleAlert, word: 'Bad' },
} as const
const TONES = { good: 'text-positive', warning: 'text-warning', bad: 'text-negative' } as const
const FILLS = { good: 'bg-positive', warning: 'bg-warning', bad: 'bg-negative' } as const
