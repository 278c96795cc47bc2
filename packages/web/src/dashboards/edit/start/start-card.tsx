import { ArrowRight, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Button } from '../../../ui/button.tsx'
import { usualMeasures } from '../kinds/usual-measures.ts'

interface Props {
  readonly cubes: readonly CubeEntry[]
  readonly onStart: (cube: CubeEntry) => void
  readonly onAdd: () => void
}

/** On an empty board: a first draft about something, or one widget after the other. */
export function StartCard({ cubes, onStart, onAdd }: Props): ReactElement {
  return (
    <div className="card flex flex-col gap-5 p-5 sm:p-8">
      <div>
        <h2 className="text-lg font-semibold tracking-tight">What is this board about?</h2>
        <p className="text-pretty text-muted">
          Begin with a first draft and change what you like, or add one widget after the other.
        </p>
      </div>
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {cubes.map((cube) => (
          <button type="button" key={cube.name} onClick={() => onStart(cube)} className={CARD}>
            <span className="flex w-full items-center gap-1.5">
              <span className="flex-1 font-semibold">{cube.label}</span>
              <ArrowRight
                size={14}
                aria-hidden
                className="text-faint transition-transform duration-100 group-hover:translate-x-0.5 group-hover:text-accent"
              />
            </span>
            <span className="line-clamp-2 min-h-10 text-pretty text-muted">{cube.description}</span>
            <span aria-hidden className="w-full truncate pt-1 text-sm text-faint">
              {figuresOf(cube)}
            </span>
          </button>
        ))}
      </div>
      <Button data-add-widget className="self-start" onPress={onAdd}>
        <Plus size={14} aria-hidden /> Add a widget
      </Button>
    </div>
  )
}

/** The first figures that there are: the drafts of all look alike. */
const figuresOf = (cube: CubeEntry) =>
  usualMeasures(cube)
    .slice(0, 4)
    .map((name) => cube.measures.find((one) => one.name === name)?.label)
    .join(' · ')

const CARD =
  'group flex min-w-0 flex-col items-start gap-1 rounded-lg border border-line p-4 text-left transition-colors duration-100 hover:border-accent hover:bg-hover'
