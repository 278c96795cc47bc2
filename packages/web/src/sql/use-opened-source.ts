import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { dataSourcesQuery } from '../api/data-sources.ts'
import type { SqlStore } from './use-sql-store.ts'

const route = getRouteApi('/app/sql')

/** Opens the saved statement that the address names, once: from then on the tab is the reader's. */
export function useOpenedSource({ openSource }: Pick<SqlStore, 'openSource'>): void {
  const { saved } = route.useSearch()
  const navigate = useNavigate()
  const { data: sources } = useQuery(dataSourcesQuery)
  const opened = useRef<string>(undefined)
  useEffect(() => {
    if (!sources || saved === opened.current) return
    opened.current = saved
    if (saved === undefined) return
    const source = sources.find(({ name }) => name === saved)
    if (source) openSource(source)
    void navigate({ to: '/sql', search: {}, replace: true })
  }, [saved, sources, openSource, navigate])
}
