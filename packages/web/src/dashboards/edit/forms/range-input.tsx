import { parseTypedRange } from '@almanac/core/time/spoken-range.ts'
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
  const problem = isTyped ? problemOf(typed) : undefined
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
            const parsed = parsedNow(text)
            if ('range' in parsed) onChange(parsed.text)
          }}
        />
      )}
    </Field>
  )
}

function problemOf(text: string): string | undefined {
  const parsed = parsedNow(text)
  return 'problem' in parsed ? parsed.problem : undefined
}

const parsedNow = (text: string) => parseTypedRange(text, Temporal.Now.zonedDateTimeISO())
