import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { ReactElement } from 'react'
import { Checkbox } from '../../ui/checkbox.tsx'

interface Props {
  readonly definition: UploadDefinition
  readonly onChange: (definition: UploadDefinition) => void
}

const MOST_KEYS = 10

/** Which columns make a row the same as one that is there already. */
export function KeyColumns({ definition, onChange }: Props): ReactElement {
  const { columns, keys } = definition
  const toggle = (name: string, isKey: boolean) =>
    onChange({ ...definition, keys: isKey ? [...keys, name].slice(0, MOST_KEYS) : keys.filter((key) => key !== name) })
  return (
    <section aria-labelledby="keys" className="flex flex-col gap-2">
      <h2 id="keys" className="font-semibold">
        Key columns
      </h2>
      <div className="card flex flex-col gap-3 p-4">
        <p className="text-pretty text-muted">
          For files that bring changes: a row takes the place of the one with the same values here. Without any, every
          row counts.
        </p>
        <div className="grid max-h-60 gap-2 overflow-y-auto sm:grid-cols-2">
          {columns
            .filter(({ isLeftOut }) => !isLeftOut)
            .map(({ name, label }) => (
              <Checkbox
                key={name}
                label={label}
                isSelected={keys.includes(name)}
                onChange={(isKey) => toggle(name, isKey)}
              />
            ))}
        </div>
      </div>
    </section>
  )
}
