import type { ReactElement } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { uploadName } from '../upload-words.ts'

interface Names {
  readonly label: string
  readonly name: string
}

interface Props {
  readonly names: Names
  /** There is a table of this name, whose label stays what it is. */
  readonly isExisting: boolean
  readonly onChange: (names: Names) => void
}

/** What a table is called: by people, and in SQL. The second follows the first until somebody writes it. */
export function NameFields({ names, isExisting, onChange }: Props): ReactElement {
  const follows = names.name === uploadName(names.label) || names.name === ''
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Label"
        description="What people call it."
        value={names.label}
        onChange={(label) => onChange({ label, name: follows ? uploadName(label) : names.name })}
        maxLength={100}
        isRequired
        isDisabled={isExisting}
      />
      <TextField
        label="Name"
        description={
          isExisting ? 'There is a table of this name.' : 'In SQL and in queries. It can’t be changed later.'
        }
        value={names.name}
        onChange={(name) => onChange({ ...names, name })}
        validate={(text) => text === '' || NAME.test(text) || 'Use small letters, digits and _, such as monthly_sales.'}
        maxLength={40}
        isRequired
      />
    </div>
  )
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/
