import { ChevronDown, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from 'react-aria-components'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { AddPicker, type PickOption } from '../forms/add-picker.tsx'
import type { Wish } from '../kinds/fitting-data.ts'

interface Props {
  readonly cube: CubeEntry
  readonly cubes: readonly CubeEntry[]
  readonly wish: Wish
  readonly onChange: (wish: Wish, cube: CubeEntry) => void
}

/** What do you want to see? As a sentence: figures, by what, and whether over time. */
export function WishForm({ cube, cubes, wish, onChange }: Props): ReactElement {
  const { measures, dimensions, isOverTime } = wish
  const change = (part: Partial<Wish>) => onChange({ ...wish, ...part }, cube)
  const [first] = measures
  const labelOf = (name: string) =>
    [...cube.measures, ...cube.dimensions].find((one) => one.name === name)?.label ?? name
  const addMeasure = (id: string) => {
    const [of = '', name = ''] = id.split(' ')
    const other = cubes.find((one) => one.name === of)
    if (!other) return
    if (other.name === cube.name) change({ measures: [...measures, name] })
    else onChange({ ...wish, measures: [name], dimensions: [] }, other)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-sunken px-4 py-3">
      <span className="text-muted">I want to see</span>
      {measures.map((name) => (
        <Chip
          key={name}
          label={labelOf(name)}
          {...(measures.length > 1 && { onRemove: () => change({ measures: without(measures, name) }) })}
        />
      ))}
      <AddPicker
        label={first === undefined ? 'A measure' : 'Another measure'}
        options={measureOptions(cubes, wish, cube)}
        onPick={addMeasure}
      >
        {measures.length > 0 ? <span className="text-accent-ink">change or add…</span> : undefined}
      </AddPicker>
      <span className="text-muted">by</span>
      {dimensions.map((name) => (
        <Chip key={name} label={labelOf(name)} onRemove={() => change({ dimensions: without(dimensions, name) })} />
      ))}
      <AddPicker
        label="Add dimension"
        options={cube.dimensions
          .filter(({ name }) => !dimensions.includes(name))
          .map(({ name, label }) => ({ id: name, label }))}
        onPick={(name) => change({ dimensions: [...dimensions, name] })}
      >
        <span className="flex items-center gap-1 text-accent-ink">
          {dimensions.length === 0 ? 'dimension' : 'also'} <ChevronDown size={13} aria-hidden />
        </span>
      </AddPicker>
      <span className="ml-auto">
        <Checkbox
          label="over time"
          isSelected={isOverTime}
          onChange={(next) => change({ isOverTime: next, isTimeChosen: true })}
        />
      </span>
    </div>
  )
}

/** Of this cube first, to be added; those of others take its place. */
function measureOptions(cubes: readonly CubeEntry[], { measures }: Wish, cube: CubeEntry): PickOption[] {
  const ordered = [cube, ...cubes.filter((one) => one !== cube)]
  return ordered.flatMap((one) =>
    one.measures
      .filter(({ name }) => one !== cube || !measures.includes(name))
      .map(({ name, label }) => ({ id: `${one.name} ${name}`, label, note: one.label })),
  )
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove?: () => void }): ReactElement {
  return (
    <span className="flex h-7 items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2 font-medium">
      {label}
      {onRemove ? (
        <Button
          aria-label={`Remove ${label}`}
          onPress={onRemove}
          className="grid size-5 place-items-center rounded-sm text-muted hover:bg-surface hover:text-ink"
        >
          <X size={12} aria-hidden />
        </Button>
      ) : (
        <span className="w-1" />
      )}
    </span>
  )
}

const without = (list: readonly string[], name: string) => list.filter((one) => one !== name)
