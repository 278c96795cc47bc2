import type { Variable } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import type { ValueSource } from './use-values.ts'
import { ValuePicker } from './value-picker.tsx'
import { VariableMenu } from './variable-menu.tsx'

interface Props extends RangeProps {
  readonly variable: Variable
  readonly cubes: readonly CubeEntry[]
}

/** A variable of a board whose cubes the reader may ask. */
export function VariablePicker({ variable, cubes, ...range }: Props): ReactElement {
  return (
    <VariableMenu variable={variable} {...range}>
      {(selected, onChange) => (
        <ValuePicker
          label={variable.label}
          source={sourceOf(variable, cubes)}
          scope={range.choice.scope}
          selected={selected}
          isMultiple={variable.isMultiple}
          onChange={(values) => onChange(values.map(String))}
        />
      )}
    </VariableMenu>
  )
}

/** Values of variables are text, so numbers are looked up as text. */
function sourceOf({ cube, dimension }: Variable, cubes: readonly CubeEntry[]): ValueSource {
  const entry = cubes.find(({ name }) => name === cube)
  const type = entry?.dimensions.find(({ name }) => name === dimension)?.type
  return { cube: entry, dimension, type: type === 'number' || type === 'boolean' ? type : 'string' }
}
