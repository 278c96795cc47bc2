import type { Board, Variable } from '@almanac/core/boards/board.ts'
import { Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../../../ui/button.tsx'
import { freshId } from '../changes/fresh-id.ts'
import { useEditorWorld } from '../editor-context.ts'
import { Choice } from '../forms/choice.tsx'
import { CubeChoice } from '../forms/cube-choice.tsx'
import { Field } from '../forms/field.tsx'
import { NamesInput } from '../forms/names-input.tsx'
import { TextInput } from '../forms/text-input.tsx'
import { Toggle } from '../forms/toggle.tsx'
import { goodDimensions } from '../kinds/fitting-data.ts'
import { usualCube } from '../start/usual-cube.ts'

interface Props {
  readonly board: Board
  readonly onChange: (board: Board, step?: string) => void
}

/** Choices above the board, such as a country or a plan. */
export function VariablesForm({ board, onChange }: Props): ReactElement {
  const { cubes } = useEditorWorld()
  const { variables } = board
  const usual = usualCube(board)
  const cube = cubes.find(({ name }) => name === usual) ?? cubes[0]
  const set = (next: Variable[], step?: string) => onChange({ ...board, variables: next }, step)
  const add = () => {
    const taken = variables.map(({ dimension }) => dimension)
    const dimension = cube && (goodDimensions(cube).find((name) => !taken.includes(name)) ?? cube.dimensions[0]?.name)
    if (!cube || dimension === undefined) return
    const label = cube.dimensions.find(({ name }) => name === dimension)?.label ?? dimension
    set([
      ...variables,
      { name: nameFor(label, variables), label, cube: cube.name, dimension, isMultiple: true, values: [] },
    ])
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-pretty text-muted">
        A variable is a choice above the board. It filters every widget whose cube has the dimension, and statements in
        SQL can use it by its name.
      </p>
      {variables.map((variable, index) => (
        <OneVariable
          key={variable.name}
          variable={variable}
          onChange={(next) => set(variables.with(index, next), `variable ${index}`)}
          onRemove={() => set(variables.toSpliced(index, 1))}
        />
      ))}
      {variables.length < 20 && (
        <Button className="self-start" onPress={add}>
          <Plus size={14} aria-hidden /> Add a variable
        </Button>
      )}
    </div>
  )
}

interface OneProps {
  readonly variable: Variable
  readonly onChange: (variable: Variable) => void
  readonly onRemove: () => void
}

function OneVariable({ variable, onChange, onRemove }: OneProps): ReactElement {
  const { cubes } = useEditorWorld()
  const cube = cubes.find(({ name }) => name === variable.cube)
  const change = (part: Partial<Variable>) => onChange({ ...variable, ...part })
  return (
    <section aria-label={variable.label} className="flex flex-col gap-3 rounded-md border border-line p-3">
      <div className="flex items-end gap-2">
        <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-3">
          <Field label="Label">
            <TextInput label="Label" value={variable.label} onChange={(label) => change({ label })} />
          </Field>
          <Field label="Cube">
            <CubeChoice
              cubes={cubes}
              value={variable.cube}
              onChange={(next) => {
                const has = next.dimensions.some((one) => one.name === variable.dimension)
                const dimension = has ? variable.dimension : goodDimensions(next)[0]
                if (dimension !== undefined) change({ cube: next.name, dimension })
              }}
            />
          </Field>
          <Field label="Dimension">
            <Choice
              label="Dimension"
              value={variable.dimension}
              options={cube?.dimensions.map(({ name, label }) => ({ id: name, label })) ?? []}
              onChange={(dimension) => change({ dimension, values: [] })}
            />
          </Field>
        </div>
        <Button look="quiet" isIcon aria-label={`Remove the variable ${variable.label}`} onPress={onRemove}>
          <X size={14} aria-hidden />
        </Button>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Values at first" note="With commas between them. Nothing: all.">
          <NamesInput label="Values at first" value={variable.values} onChange={(values) => change({ values })} />
        </Field>
        <Field label="In SQL">
          <code className="flex h-8 items-center overflow-x-auto rounded-md bg-sunken px-2 font-mono text-sm">
            {`{${variable.name}:Array(String)}`}
          </code>
        </Field>
      </div>
      <Toggle
        label="Several values at once"
        isOn={variable.isMultiple}
        onChange={(isMultiple) => change({ isMultiple })}
      />
    </section>
  )
}

/** As statements in SQL know it: it stays when the label changes. */
function nameFor(label: string, variables: readonly Variable[]): string {
  const id = freshId(
    label,
    variables.map(({ name }) => name.replaceAll('_', '-')),
    'variable',
  ).replaceAll('-', '_')
  return /^[a-z]/.test(id) ? id : `v_${id}`.slice(0, 40)
}
