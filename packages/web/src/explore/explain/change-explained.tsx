import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import type { ChangeAnswer, ChangeRequestInput, ChangeSlice } from '@almanac/core/explain/change.ts'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { toApiError } from '../../api/api-error.ts'
import type { CubeEntry } from '../../api/cubes.ts'
import { changeQuery } from '../../api/explore.ts'
import { More } from '../../dashboards/edit/forms/more.tsx'
import { FailureNote } from '../../lazy/failure-note.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'

interface Props {
  readonly question: ChangeRequestInput
  readonly cube: CubeEntry
  readonly currency: string | undefined
}

/** The slices that account for a difference, those that say most first. */
export function ChangeExplained({ question, cube, currency }: Props): ReactElement {
  const { data, error, refetch } = useQuery(changeQuery(question))
  if (error && !data) return <FailureNote error={toApiError(error)} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton count={8} />
  const words = { cube, text: textOf(data, currency), timezone: question.timezone ?? cube.timezone }
  return (
    <div className="flex flex-col gap-4">
      <Whole answer={data} words={words} />
      {data.slices.length === 0 ? (
        <p className="text-pretty text-muted">Nothing stands out: all slices changed as the whole did.</p>
      ) : (
        <section aria-label="What stands out" className="flex flex-col gap-1.5">
          <h3 className="text-sm font-medium text-muted">What stands out</h3>
          <Slices slices={data.slices} words={words} />
        </section>
      )}
      <div>
        {data.dimensions.slice(0, MOST_DIMENSIONS).map((dimension) => (
          <More key={dimension.name} title={dimension.label} note={`${COUNT.format(dimension.values)} values`}>
            <Slices slices={dimension.slices} words={words} />
            {dimension.rest && (
              <p className="figures text-sm text-muted">
                All others together: {words.text(dimension.rest.contribution, true)}
              </p>
            )}
          </More>
        ))}
      </div>
      <p className="text-sm text-pretty text-faint">{data.explanation}</p>
    </div>
  )
}

const MOST_DIMENSIONS = 8
const COUNT = new Intl.NumberFormat()

interface Words {
  readonly cube: CubeEntry
  readonly text: (value: number | null, isSigned?: boolean) => string
  readonly timezone: string
}

function Whole({ answer, words }: { readonly answer: ChangeAnswer; readonly words: Words }): ReactElement {
  const { current, previous, difference, percent } = answer
  const Arrow = !difference ? ArrowRight : difference > 0 ? ArrowUp : ArrowDown
  return (
    <div>
      <p className="figures flex flex-wrap items-baseline gap-x-2 text-xl font-semibold tracking-tight">
        <span className="text-muted">{words.text(previous.value)}</span>
        <ArrowRight size={16} aria-label="then" className="self-center text-faint" />
        <span>{words.text(current.value)}</span>
      </p>
      <p className="figures flex items-center gap-1 font-medium">
        <Arrow size={13} aria-hidden />
        {words.text(difference, true)}
        {percent !== null && ` (${SIGNED.format(percent)} %)`}
      </p>
      <p className="figures pt-1 text-sm text-muted">
        {rangeText(current, words.timezone)}, before: {rangeText(previous, words.timezone)}
      </p>
    </div>
  )
}

const SIGNED = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })

interface SlicesProps {
  readonly slices: readonly (ChangeSlice & { readonly alike?: readonly unknown[] })[]
  readonly words: Words
}

/** Each with a bar from the middle: to the right for what raised the figure, to the left for what lowered it. */
function Slices({ slices, words }: SlicesProps): ReactElement {
  const most = Math.max(...slices.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE)
  return (
    <ol className="flex flex-col gap-2">
      {slices.map((slice) => {
        const share = (Math.abs(slice.contribution) / most) * 50
        return (
          <li key={JSON.stringify(slice.dimensions)} className="flex flex-col gap-0.5">
            <p className="flex items-baseline gap-3">
              <bdi className="min-w-0 flex-1 font-medium wrap-anywhere">{sliceName(slice.dimensions, words.cube)}</bdi>
              <span className="figures shrink-0 font-medium">{words.text(slice.contribution, true)}</span>
            </p>
            <span aria-hidden className="relative h-1.5 rounded-full bg-sunken">
              <span
                className={`absolute inset-y-0 rounded-full ${slice.contribution < 0 ? 'bg-negative' : 'bg-accent'}`}
                style={
                  slice.contribution < 0 ? { right: '50%', width: `${share}%` } : { left: '50%', width: `${share}%` }
                }
              />
              <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
            </span>
            <p className="figures text-sm text-muted">
              {words.text(slice.previous.value)} → {words.text(slice.current.value)}, {words.text(slice.expected, true)}{' '}
              expected
              {slice.alike && slice.alike.length > 0 && `, and ${slice.alike.length} with the same figures`}
            </p>
          </li>
        )
      })}
    </ol>
  )
}

function sliceName(dimensions: ChangeSlice['dimensions'], cube: CubeEntry): string {
  return Object.entries(dimensions)
    .map(([name, value]) => {
      const label = cube.dimensions.find((one) => one.name === name)?.label ?? name
      return `${label}: ${value === '' ? '(empty)' : String(value)}`
    })
    .join(', ')
}

function textOf({ format }: ChangeAnswer, currency: string | undefined): Words['text'] {
  return (value, isSigned = false) => {
    if (value === null) return '–'
    // What is expected of a count is seldom whole.
    const shown = format === 'integer' ? Math.round(value * 10) / 10 : value
    const text = formatNumber(shown, { format: format as MeasureFormat, currency })
    return isSigned && value > 0 ? `+${text}` : text
  }
}

function rangeText({ from, to }: { readonly from: string; readonly to: string }, timezone: string): string {
  const zoned = (text: string) =>
    text.length > 10
      ? Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
      : Temporal.PlainDate.from(text).toZonedDateTime(timezone)
  return formatRange({ from: zoned(from), to: zoned(to) })
}
