import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { useEffect, useState } from 'react'
import type { DataSource } from '../api/data-sources.ts'
import { boardValues, parametersIn, typedValues } from './parameters.ts'
import { type PastStatement, readHistory, withStatement, writeHistory } from './sql-history.ts'
import {
  addSource,
  addTab,
  changeTab,
  closeTab,
  openTab,
  readTabs,
  type SqlTab,
  type SqlTabs,
  writeTabs,
} from './sql-tabs.ts'

export interface SqlStore {
  readonly tabs: SqlTabs
  readonly tab: SqlTab
  readonly history: readonly PastStatement[]
  /** How the answer of the open tab is shown; nothing until it has been shown. */
  readonly chart: ChartSpec | undefined
  readonly setChart: (chart: ChartSpec) => void
  readonly open: (id: string) => void
  readonly add: (sql: string) => void
  readonly close: (id: string) => void
  readonly change: (change: Partial<Omit<SqlTab, 'id'>>) => void
  readonly openStatement: (past: Pick<PastStatement, 'sql' | 'values'>) => void
  readonly openSource: (source: DataSource) => void
  readonly remember: (past: PastStatement) => void
}

/** What somebody writes, kept in the browser: it is there again after a reload. */
export function useSqlStore(): SqlStore {
  const [tabs, setTabs] = useState<SqlTabs>(() => withBoardValues(readTabs(localStorage, FIRST_STATEMENT)))
  const [history, setHistory] = useState(() => readHistory(localStorage))
  const [charts, setCharts] = useState<Readonly<Record<string, ChartSpec>>>({})
  useEffect(() => {
    const timer = setTimeout(() => writeTabs(localStorage, tabs), 300)
    // A page that is left at once keeps the last words, too.
    const keep = () => writeTabs(localStorage, tabs)
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      keep()
      window.removeEventListener('pagehide', keep)
    }
  }, [tabs])
  const tab = openTab(tabs)
  return {
    tabs,
    tab,
    history,
    chart: charts[tab.id],
    setChart: (chart) => setCharts((all) => ({ ...all, [tab.id]: chart })),
    open: (id) => setTabs((all) => ({ ...all, open: id })),
    add: (sql) => setTabs((all) => addTab(all, sql)),
    close: (id) => setTabs((all) => closeTab(all, id)),
    change: (change) => setTabs((all) => withBoardValues(changeTab(all, change))),
    openStatement: ({ sql, values }) =>
      setTabs((all) => changeTab(isBlank(all) ? all : addTab(all, sql), { sql, values })),
    openSource: ({ name, label, sql, parameters }) => {
      const values = typedValues(sql, parameters, Temporal.Now.timeZoneId())
      setTabs((all) => withBoardValues(addSource(all, { source: name, name: label, sql, values })))
    },
    remember: (past) => {
      setHistory((all) => {
        const next = withStatement(all, past)
        writeHistory(localStorage, next)
        return next
      })
    },
  }
}

const isBlank = (tabs: SqlTabs) => openTab(tabs).sql.trim() === ''

/** What a dashboard would give is filled in, so that a statement for one runs here as well. */
function withBoardValues(tabs: SqlTabs): SqlTabs {
  const { sql, values } = openTab(tabs)
  const isMissing = parametersIn(sql).some(({ name }) => !Object.hasOwn(values, name))
  if (!isMissing) return tabs
  const given = boardValues(sql, Temporal.Now.zonedDateTimeISO())
  const missing = Object.entries(given).filter(([name]) => !Object.hasOwn(values, name))
  return missing.length === 0 ? tabs : changeTab(tabs, { values: { ...values, ...Object.fromEntries(missing) } })
}

const FIRST_STATEMENT = `SELECT dateTrunc({grain:String}, occurred_at, {timezone:String}) AS time, count() AS events
FROM events
WHERE occurred_at >= {from:DateTime} AND occurred_at < {to:DateTime}
GROUP BY time
ORDER BY time`
