import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback, useMemo } from 'react'
import { toApiError } from '../api/api-error.ts'
import { cubesQuery } from '../api/cubes.ts'
import { FailureNote } from '../lazy/failure-note.tsx'
import { Page } from '../ui/page.tsx'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import { type Exploration, explorationOf, exploreSearch } from './explore-search.ts'
import { Explorer } from './explorer.tsx'

const route = getRouteApi('/app/explore')

/** Any figure of any cube, by anything that the cube knows. All of it stands in the address. */
export function ExplorePage(): ReactElement {
  const { data: cubes, error, refetch } = useQuery(cubesQuery)
  const search = route.useSearch()
  const navigate = useNavigate()
  const go = useCallback(
    (next: Exploration) => void navigate({ to: '/explore', search: exploreSearch(next), resetScroll: false }),
    [navigate],
  )
  const exploration = useMemo(() => (cubes ? explorationOf(search, cubes) : undefined), [search, cubes])
  if (cubes && exploration) return <Explorer exploration={exploration} cubes={cubes} go={go} />
  return (
    <Page title="Explore">
      <div className="card h-80">
        {error && !cubes ? (
          <FailureNote error={toApiError(error)} retry={() => void refetch()} />
        ) : cubes ? (
          <EmptyNote title="There is no cube to explore.">
            <p>Define one in the workspace, and it appears here.</p>
          </EmptyNote>
        ) : (
          <RowsSkeleton count={8} />
        )}
      </div>
    </Page>
  )
}
