import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type ReactElement, type RefObject, useEffect, useRef } from 'react'
import { dataSourcesQuery } from '../../../api/data-sources.ts'
import { Button } from '../../../ui/button.tsx'
import { useEditorWorld } from '../editor-context.ts'
import { Choice } from '../forms/choice.tsx'
import { Field } from '../forms/field.tsx'
import { issuesIn } from '../forms/problem-at.ts'
import { newCohortData, newCubeData } from '../kinds/fitting-data.ts'
import { withUsualFilters } from '../kinds/usual-filters.ts'
import { besideData } from './beside-data.ts'
import { CohortDataForm } from './cohort-data-form.tsx'
import { CubeDataForm } from './cube-data-form.tsx'
import { FIRST_STATEMENT } from './first-statement.ts'
import { SavedDataForm } from './saved-data-form.tsx'
import { SqlDataForm } from './sql-data-form.tsx'

interface Props {
  readonly data: readonly WidgetData[]
  /** By the place in `data`. */
  readonly issues: readonly Issue[]
  readonly onChange: (data: WidgetData[]) => void
}

const MOST = 5

/** Where a widget's figures come from: one question, or several side by side. */
export function DataForm({ data, issues, onChange }: Props): ReactElement {
  const world = useEditorWorld()
  const { cubes } = world
  const [first] = cubes
  const list = useShownLast(data.length)
  const add = (one: WidgetData) => onChange([...data, withUsualFilters(one, cubes, world)])
  return (
    <div ref={list} className="flex flex-col gap-4">
      {data.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no names; they are what stands at their place.
        <section key={index} aria-label={`Data ${index + 1}`} className={data.length > 1 ? PART : ''}>
          {data.length > 1 && (
            <header className="flex items-center gap-1 pb-2">
              <h3 className="flex-1 font-medium">Data {index + 1}</h3>
              <Button
                look="quiet"
                isIcon
                aria-label={`Remove data ${index + 1}`}
                onPress={() => onChange(data.toSpliced(index, 1))}
              >
                <X size={14} aria-hidden />
              </Button>
            </header>
          )}
          <OneForm
            data={one}
            issues={issuesIn(issues, index)}
            onBeside={data.length < MOST ? add : undefined}
            onChange={(next) => onChange(data.with(index, next))}
          />
        </section>
      ))}
      {data.length < MOST && first && (
        <Button
          look="quiet"
          className="self-start"
          onPress={() => add(anotherOf(data.at(-1), first.name, first.measures[0]?.name))}
        >
          <Plus size={14} aria-hidden /> {data.length === 0 ? 'Add data' : 'Add data beside it'}
        </Button>
      )}
    </div>
  )
}

/** A question that was added lies below what can be seen: it is brought into sight, and its first field gets the focus. */
function useShownLast(count: number): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  const before = useRef(count)
  useEffect(() => {
    const isAdded = count > before.current && count > 1
    before.current = count
    if (!isAdded) return
    const frame = requestAnimationFrame(() => {
      const last = [...(list.current?.querySelectorAll(':scope > section') ?? [])].at(-1)
      last?.scrollIntoView({ block: 'start' })
      last?.querySelector<HTMLElement>(':scope > div button')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [count])
  return list
}

/** Beside a question to a cube: the same one, to be changed. What lies side by side is joined by its dimensions. */
function anotherOf(last: WidgetData | undefined, cube: string, measure: string | undefined): WidgetData {
  if (last?.from === 'cube') return structuredClone(last)
  return newCubeData(cube, { measures: measure === undefined ? [] : [measure], dimensions: [], isOverTime: true })
}

interface OneProps {
  readonly data: WidgetData
  readonly issues: readonly Issue[]
  readonly onBeside: ((data: WidgetData) => void) | undefined
  readonly onChange: (data: WidgetData) => void
}

const ORIGINS = [
  { id: 'cube', label: 'A cube' },
  { id: 'sql', label: 'A statement in SQL' },
  { id: 'cohorts', label: 'Cohorts' },
  { id: 'saved', label: 'A saved data source' },
] as const

function OneForm({ data, issues, onBeside, onChange }: OneProps): ReactElement {
  const { cubes } = useEditorWorld()
  const { data: sources = [] } = useQuery(dataSourcesQuery)
  const [cube] = cubes
  const origins = ORIGINS.filter(({ id }) => id !== 'saved' || sources.length > 0 || data.from === 'saved')
  const become = (from: WidgetData['from']) => {
    const next =
      from === data.from ? undefined : newData(from, cube?.name ?? '', cube?.measures[0]?.name, sources[0]?.name)
    if (next) onChange(next)
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label="Data of">
        <Choice label="Data of" value={data.from} options={origins} onChange={become} />
      </Field>
      {data.from === 'cube' && (
        <CubeDataForm
          data={data}
          cube={cubes.find(({ name }) => name === data.cube)}
          cubes={cubes}
          issues={issues}
          onBeside={onBeside && ((cube, measure) => onBeside(besideData(data, cube, measure)))}
          onChange={onChange}
        />
      )}
      {data.from === 'sql' && <SqlDataForm data={data} issues={issues} onChange={onChange} />}
      {data.from === 'cohorts' && <CohortDataForm data={data} cubes={cubes} onChange={onChange} />}
      {data.from === 'saved' && <SavedDataForm data={data} onChange={onChange} />}
    </div>
  )
}

/** Something that can be asked at once, to begin with. */
function newData(
  from: WidgetData['from'],
  cube: string,
  measure: string | undefined,
  source: string | undefined,
): WidgetData | undefined {
  switch (from) {
    case 'cube':
      return newCubeData(cube, { measures: measure === undefined ? [] : [measure], dimensions: [], isOverTime: true })
    case 'sql':
      return { from, sql: FIRST_STATEMENT, parameters: {} }
    case 'cohorts':
      return newCohortData(cube)
    case 'saved':
      return source === undefined ? undefined : { from, name: source }
  }
}

const PART = 'border-b border-line pb-4'
