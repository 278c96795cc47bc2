import type { ReactElement } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Choice } from './choice.tsx'

interface Props {
  readonly cubes: readonly CubeEntry[]
  /** A name; that of a cube that is gone, too. */
  readonly value: string
  readonly onChange: (cube: CubeEntry) => void
}

export function CubeChoice({ cubes, value, onChange }: Props): ReactElement {
  return (
    <Choice
      label="Cube"
      value={value}
      options={cubes.map(({ name, label }) => ({ id: name, label }))}
      onChange={(name) => {
        const cube = cubes.find((one) => one.name === name)
        if (cube) onChange(cube)
      }}
    />
  )
}
