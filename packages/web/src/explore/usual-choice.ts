import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { CubeEntry } from '../api/cubes.ts'
import { filtersOf, withFilters } from '../dashboards/board/choice/board-search.ts'
import { withCurrency } from '../dashboards/edit/kinds/usual-filters.ts'
import type { Exploration } from './explore-search.ts'

interface Known {
  readonly scope: Pick<BoardScope, 'filters'>
  readonly currencies: ReadonlyMap<string, string>
}

/** A question for amounts is asked for the most usual currency, which then stands among the filters in the toolbar. */
export function withUsualChoice(exploration: Exploration, cubes: readonly CubeEntry[], known: Known): Exploration {
  const { data, search } = exploration
  const cube = cubes.find(({ name }) => name === data.cube)
  if (!cube) return exploration
  const { filters } = withCurrency({ ...data, filters: [] }, cube, { ...known, variables: [] })
  if (filters.length === 0) return exploration
  return { ...exploration, search: withFilters(search, [...(filtersOf(search) ?? []), ...filters], []) }
}
