import type { Board } from '@almanac/core/boards/board.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { GRAIN_NAMES } from '@almanac/core/time/grain-choice.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { cubesQuery } from '../../../api/cubes.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchSelect } from '../../../ui/search-select.tsx'
import { REFRESH_CHOICES } from '../../board/choice/board-search.ts'
import type { ReaderChoice } from '../../board/choice/reader-choice.ts'
import { REFRESH_WORDS } from '../../board/head/refresh-words.ts'
import { timezoneLabel, timezoneOptions } from '../../ranges/timezone-options.ts'
import { boardDimensions } from '../../toolbar/board-dimensions.ts'
import { Choice } from '../forms/choice.tsx'
import { ComparisonsInput } from '../forms/comparisons-input.tsx'
import { Field } from '../forms/field.tsx'
import { FilterRows } from '../forms/filter-rows.tsx'
import { RangeInput } from '../forms/range-input.tsx'
import { withField } from '../forms/with-field.ts'
import { withShownDefaults } from './shown-defaults.ts'

interface Props {
  readonly board: Board
  readonly choice: ReaderChoice
  readonly onChange: (board: Board, step?: string) => void
}

const READERS = 'reader'

/** What a reader sees who has chosen nothing. */
export function DefaultsForm({ board, choice, onChange }: Props): ReactElement {
  const own = Temporal.Now.timeZoneId()
  const change = (part: Partial<Board>) => onChange({ ...board, ...part })
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-sunken px-3 py-2">
        <p className="text-pretty text-muted">What readers see who have chosen nothing.</p>
        <Button onPress={() => onChange(withShownDefaults(board, choice))}>As it is shown now</Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <RangeInput
          key={board.range}
          label="Range"
          value={board.range}
          onChange={(range) => range !== undefined && change({ range })}
        />
        <Field label="Grain">
          <Choice
            label="Grain"
            value={board.grain}
            options={[
              { id: 'auto', label: 'Automatic' },
              ...GRAINS.map((grain) => ({ id: grain, label: GRAIN_NAMES[grain] })),
            ]}
            onChange={(grain) => change({ grain })}
          />
        </Field>
        <Field label="Refresh">
          <Choice
            label="Refresh"
            value={board.refresh}
            options={REFRESH_CHOICES.map((id) => ({ id, label: REFRESH_WORDS[id] }))}
            onChange={(refresh) => change({ refresh })}
          />
        </Field>
        <Field label="Time zone">
          <div className="*:w-full *:font-normal *:[&>span]:max-w-none *:[&>span]:flex-1 *:[&>span]:text-left">
            <SearchSelect
              label="Time zone"
              value={board.timezone ?? READERS}
              valueLabel={board.timezone ? timezoneLabel(board.timezone) : 'The reader’s own'}
              options={() => [
                { id: READERS, label: 'The reader’s own' },
                ...timezoneOptions(Temporal.Now.instant(), own),
              ]}
              onChange={(id) => onChange(withField(board, 'timezone', id === READERS ? undefined : id))}
            />
          </div>
        </Field>
      </div>
      <Field label="Compared with">
        <ComparisonsInput value={board.compare} onChange={(compare) => change({ compare })} />
      </Field>
      <Field label="Filters" note="Of all widgets whose cube has the dimension. Readers can change them.">
        <BoardFilters board={board} onChange={onChange} />
      </Field>
    </div>
  )
}

/** All dimensions that some widget of the board can be filtered by, as one cube. */
function BoardFilters({ board, onChange }: Pick<Props, 'board' | 'onChange'>): ReactElement {
  const { data: cubes = [] } = useQuery(cubesQuery)
  const dimensions = boardDimensions(board, cubes)
  const [first] = dimensions[0]?.cubes ?? cubes
  const all = first && {
    ...first,
    dimensions: dimensions.map(({ name, label, type }) => ({ name, label, type, kind: 'expression' })),
  }
  return <FilterRows filters={board.filters} cube={all} onChange={(filters) => onChange({ ...board, filters })} />
}
