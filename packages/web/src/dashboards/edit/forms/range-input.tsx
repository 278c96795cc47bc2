import { parseRange } from '@almanac/core/time/range-expression.ts'
import { type ReactElement, useState } from 'react'
import { rangeGroups } from '../../ranges/range-options.ts'
import { Choice, type ChoiceOption } from './choice.tsx'
import { Field } from './field.tsx'
import { TextInput } from './text-input.tsx'

interface Props {
  readonly label: string
  /** `undefined`: the board's. */
  readonly value: string | undefined
  /** What stands for nothing chosen; without it something is always chosen. */
  readonly none?: string
  readonly onChange: (value: string | undefined) => void
}

const NONE = ''
const TYPED = 'typed'

/** A range by name, or one that is typed; what is wrong with it is said while typing. */
export function RangeInput({ label, value, none, onChange }: Props): ReactElement {
  const named = rangeGroups([]).flatMap(({ options }) => options)
  const isNamed = value === undefined || named.some(({ id }) => id === value)
  const [isTyping, setTyping] = useState(!isNamed)
  const [typed, setTyped] = useState(value ?? '')
  const isTyped = isTyping || !isNamed
  const problem = isTyped ? rangeProblem(typed) : undefined
  const options: ChoiceOption<string>[] = [
    ...(none === undefined ? [] : [{ id: NONE, label: none }]),
    ...named,
    { id: TYPED, label: 'Type one…' },
  ]
  return (
    <Field label={label} problem={problem}>
      <Choice
        label={label}
        value={isTyped ? TYPED : (value ?? NONE)}
        options={options}
        onChange={(id) => {
          setTyping(id === TYPED)
          if (id === TYPED) setTyped(value ?? 'now-7d to now')
          else onChange(id === NONE ? undefined : id)
        }}
      />
      {isTyped && (
        <TextInput
          label={`${label}, typed`}
          value={typed}
          isCode
          placeholder="now-7d to now"
          isInvalid={problem !== undefined}
          onChange={(text) => {
            setTyped(text)
            if (rangeProblem(text) === undefined) onChange(text.trim())
          }}
        />
      )}
    </Field>
  )
}

function rangeProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Type a range such as now-7d to now, or 2026-01-01 to 2026-02-01.'
  const parsed = parseRange(text, Temporal.Now.zonedDateTimeISO())
  return 'problem' in parsed ? parsed.problem : undefined
}
