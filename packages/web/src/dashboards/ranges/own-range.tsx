import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import { ALL_TIME, rangeText } from '@almanac/core/time/range-expression.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { parseTypedRange } from '@almanac/core/time/spoken-range.ts'
import { parseDate } from '@internationalized/date'
import { CornerDownLeft } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { FieldError, Form, Input, Label, TextField } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import type { ReaderChoice } from '../board/choice/reader-choice.ts'
import { DayRangeCalendar } from './day-range-calendar.tsx'

interface Props {
  readonly choice: ReaderChoice
  readonly onChoose: (range: string) => void
}

/** A range of one's own. The calendar writes into the field, and what is typed shows in the calendar. */
export function OwnRange({ choice, onChoose }: Props): ReactElement {
  const [text, setText] = useState(choice.rangeText)
  const now = Temporal.Now.zonedDateTimeISO(choice.scope.timezone)
  const parsed =
    text.trim() === ALL_TIME
      ? { text: ALL_TIME, range: choice.range }
      : parseTypedRange(text, now, choice.scope.firstDayOfWeek)
  const range = 'range' in parsed ? parsed.range : undefined
  return (
    <div className="flex flex-1 flex-col gap-3 p-3">
      <DayRangeCalendar
        days={daysOf(range ?? choice.range)}
        firstDayOfWeek={choice.scope.firstDayOfWeek}
        onChange={({ start, end }) => setText(`${start} to ${end.add({ days: 1 })}`)}
      />
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if ('range' in parsed) onChoose(parsed.text)
        }}
        className="mt-auto"
      >
        <TextField
          value={text}
          onChange={setText}
          isInvalid={!range}
          validationBehavior="aria"
          className="flex flex-col gap-1"
        >
          <Label className="text-sm text-muted">Range, such as last 3 weeks, march or 2026-01-01 to 2026-02-01</Label>
          <span className="flex gap-2">
            <Input spellCheck={false} autoComplete="off" className={FIELD} />
            <Button look="primary" type="submit" isDisabled={!range}>
              <CornerDownLeft size={14} aria-hidden /> Apply
            </Button>
          </span>
          {/* As high as two lines and never wider than the field, so that nothing moves while one types. */}
          <span className="min-h-9 w-0 min-w-full text-sm text-pretty">
            <FieldError className="text-negative">{'problem' in parsed && sentence(parsed.problem)}</FieldError>
            {range && <span className="figures text-muted">{described(range)}</span>}
          </span>
        </TextField>
      </Form>
    </div>
  )
}

/** What the text comes to now, so that nobody has to guess which side is open. */
function described(range: ZonedRange): string {
  const days = range.from.toPlainDate().until(range.to.toPlainDate(), { largestUnit: 'day' }).days
  const isLong = days > 1 && rangeText(range).length < 25
  return isLong ? `${formatRange(range)}, ${days} days` : formatRange(range)
}

const sentence = (problem: string) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`

/** The last moment of the range lies in its last day. */
function daysOf({ from, to }: ZonedRange) {
  const end = to.subtract({ milliseconds: 1 }).toPlainDate()
  return { start: parseDate(from.toPlainDate().toString()), end: parseDate(end.toString()) }
}

const FIELD =
  'h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2.5 font-mono text-sm outline-none focus:border-accent focus:ring-1 focus:ring-accent data-[invalid]:border-negative'
