import type { ReactElement } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { Field } from '../dashboards/edit/forms/field.tsx'
import { TextInput } from '../dashboards/edit/forms/text-input.tsx'
import { momentNote } from './moment-values.ts'
import type { Parameter } from './parameters.ts'

interface Props {
  readonly parameters: readonly Parameter[]
  readonly values: Readonly<Record<string, string>>
  readonly error: ApiError | undefined
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}

/** The values that the statement asks for. */
export function ParameterFields({ parameters, values, error, onChange }: Props): ReactElement {
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3 sm:grid-cols-2 lg:grid-cols-4">
      {parameters.map(({ name, type }) => {
        const value = values[name] ?? ''
        const problem = error?.issues.find(({ path }) => path[0] === 'parameters' && path[1] === name)?.message
        return (
          <Field key={name} label={`${name}: ${type}`} note={noteOf(type, value)} problem={problem}>
            <TextInput
              label={name}
              isCode
              value={value}
              isInvalid={problem !== undefined}
              onChange={(next) => onChange({ ...values, [name]: next })}
            />
          </Field>
        )
      })}
    </div>
  )
}

function noteOf(type: string, value: string): string | undefined {
  if (type.startsWith('Array(')) return 'Separated by commas'
  return momentNote(type, value, Temporal.Now.timeZoneId())
}
