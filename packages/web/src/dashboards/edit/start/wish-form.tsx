import { ChevronDown, X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
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
  const labelOf = (name: string) =>
    [...cube.measures, ...cube.dimensions].find((one) => one.name === name)?.label ?? name
  /** One of the same cube takes the place of the old one; one of another cube that of the whole sentence. */
  const putMeasure = (old: string | undefined, id: string) => {
    const [of = '', name = ''] = id.split(' ')
    const other = cubes.find((one) => one.name === of)
    if (!other) return
    if (other !== cube) onChange({ ...wish, measures: [name], dimensions: [] }, other)
    else change({ measures: old === undefined ? [name] : measures.map((one) => (one === old ? name : one)) })
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-sunken px-4 py-3">
      <span className="text-muted">I want to see</span>
      {measures.map((name) => (
        <Chip
          key={name}
          label={labelOf(name)}
          onRemove={measures.length > 1 ? () => change({ measures: without(measures, name) }) : undefined}
        >
          <AddPicker
            label={`Instead of ${labelOf(name)}`}
            options={measureOptions(cubes, wish, cube)}
            onPick={(id) => putMeasure(name, id)}
          >
            <More>{labelOf(name)}</More>
          </AddPicker>
        </Chip>
      ))}
      <AddPicker
        label={measures.length === 0 ? 'A measure' : 'Another measure'}
        options={measureOptions(measures.length === 0 ? cubes : [], wish, cube)}
        nothing={`No other measure of ${cube.label} is called so. One of another cube can be put beside it once the widget is there.`}
        onPick={(id) =>
          measures.length === 0 ? putMeasure(undefined, id) : change({ measures: [...measures, bareName(id)] })
        }
      >
        <span className="text-accent-ink">
          <More>{measures.length === 0 ? 'measure' : 'and'}</More>
        </span>
      </AddPicker>
      <span className="text-muted">by</span>
      {dimensions.map((name) => (
        <Chip key={name} label={labelOf(name)} onRemove={() => change({ dimensions: without(dimensions, name) })}>
          <span className="pl-2">{labelOf(name)}</span>
        </Chip>
      ))}
      <AddPicker
        label="Add dimension"
        options={cube.dimensions
          .filter(({ name }) => !dimensions.includes(name))
          .map(({ name, label }) => ({ id: name, label }))}
        onPick={(name) => change({ dimensions: [...dimensions, name] })}
      >
        <span className="text-accent-ink">
          <More>{dimensions.length === 0 ? 'dimension' : 'and'}</More>
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

/** Those of this cube first, without what is there. */
function measureOptions(cubes: readonly CubeEntry[], { measures }: Wish, cube: CubeEntry): PickOption[] {
  const ordered = [cube, ...cubes.filter((one) => one !== cube)]
  return ordered.flatMap((one) =>
    one.measures
      .filter(({ name }) => one !== cube || !measures.includes(name))
      .map(({ name, label }) => ({ id: `${one.name} ${name}`, label, note: one.label })),
  )
}

interface ChipProps {
  readonly label: string
  readonly onRemove: (() => void) | undefined
  readonly children: ReactNode
}

function Chip({ label, onRemove, children }: ChipProps): ReactElement {
  return (
    <span className="flex h-8 items-center gap-1 rounded-md bg-accent-soft pr-1 font-medium">
      {children}
      {onRemove && (
        <Button
          aria-label={`Remove ${label}`}
          onPress={onRemove}
          className="grid size-6 place-items-center rounded-sm text-muted hover:bg-surface hover:text-ink"
        >
          <X size={12} aria-hidden />
        </Button>
      )}
    </span>
  )
}

/** A word that opens a list. */
function More({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <span className="flex items-center gap-1">
      {children} <ChevronDown size={13} aria-hidden />
    </span>
  )
}

const bareName = (id: string) => id.split(' ')[1] ?? id

const without = (list: readonly string[], name: string) => list.filter((one) => one !== name)
