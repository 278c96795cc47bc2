import { useQuery } from '@tanstack/react-query'
import { Database, History, LayoutDashboard, Play, Save, Square } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { sqlSchemaQuery } from '../api/sql.ts'
import { PAGE } from '../dashboards/board/page-class.ts'
import { Lazily } from '../lazy/lazily.tsx'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { useTitle } from '../ui/use-title.ts'
import { type SqlDialog, SqlDialogs } from './dialogs/sql-dialogs.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { errorPlace } from './editor/error-place.ts'
import { offersOf } from './editor/sql-completion.ts'
import { SQL_EDITOR } from './editor/sql-editor-part.ts'
import { ParameterFields } from './parameter-fields.tsx'
import { missingValues, parametersIn, sentValues } from './parameters.ts'
import { doneText, progressText } from './progress-text.ts'
import { SqlProblem } from './sql-problem.tsx'
import { SqlResult } from './sql-result.tsx'
import { SqlTabStrip } from './sql-tab-strip.tsx'
import { useOpenedSource } from './use-opened-source.ts'
import { type SqlRun, useSqlRuns } from './use-sql-runs.ts'
import { useSqlStore } from './use-sql-store.ts'

/** Statements in tabs, each with its parameters and its last answer. */
export function SqlWorkbench(): ReactElement {
  useTitle('SQL')
  const store = useSqlStore()
  useOpenedSource(store)
  const { tab } = store
  const { data: schema } = useQuery(sqlSchemaQuery)
  const offers = useMemo(() => schema && offersOf(schema), [schema])
  const { runs, run, cancel } = useSqlRuns()
  const [dialog, setDialog] = useState<SqlDialog>()

  const last = runs.get(tab.id)
  const parameters = useMemo(() => parametersIn(tab.sql), [tab.sql])
  const missing = missingValues(parameters, tab.values)
  const statement = { sql: tab.sql, parameters: sentValues(parameters, tab.values, Temporal.Now.timeZoneId()) }
  const canRun = tab.sql.trim() !== '' && missing.length === 0
  const start = () => {
    if (!canRun) return
    const { sql, values } = tab
    void run(tab.id, statement).then(({ answered, error }) => {
      if (!answered && !error) return
      const { rows, meta } = answered?.answer ?? {}
      const outcome = rows && meta ? { rows: rows.length, elapsedMs: meta.elapsedMs } : {}
      store.remember({ sql, values, atMs: Date.now(), ...outcome })
    })
  }
  useShortcut('mod+enter', 'Run the statement', start, { isEverywhere: dialog === undefined })
  const problem = useMemo(
    () => (last?.error && last.statement.sql === tab.sql ? errorPlace(last.error, tab.sql) : undefined),
    [last, tab.sql],
  )
  return (
    <main className={PAGE}>
      <header className="flex min-h-8 flex-wrap items-center gap-2">
        <h1 className="min-w-0 flex-1 text-lg font-semibold tracking-tight">SQL</h1>
        <Button onPress={() => setDialog('tables')}>
          <Database size={14} aria-hidden /> Tables
        </Button>
        <Button onPress={() => setDialog('history')}>
          <History size={14} aria-hidden /> History
        </Button>
      </header>
      <section aria-label="Statement" className="card overflow-hidden">
        <SqlTabStrip
          tabs={store.tabs}
          runs={runs}
          onOpen={store.open}
          onAdd={() => store.add('')}
          onClose={store.close}
        />
        <div className="h-56 sm:h-72">
          <Lazily
            key={tab.id}
            part={SQL_EDITOR}
            props={{ value: tab.sql, offers, problem, onChange: (sql) => store.change({ sql }), onRun: start }}
            fallback={<pre className="h-full overflow-auto px-12 py-2.5 font-mono text-muted">{tab.sql}</pre>}
          />
        </div>
        {parameters.length > 0 && (
          <ParameterFields
            parameters={parameters}
            values={tab.values}
            error={last?.error}
            onChange={(values) => store.change({ values })}
          />
        )}
        <footer className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
          {last?.isRunning ? (
            <Button onPress={() => cancel(tab.id)}>
              <Square size={13} aria-hidden /> Cancel
            </Button>
          ) : (
            <Button look="primary" onPress={start} isDisabled={!canRun} aria-keyshortcuts="Control+Enter Meta+Enter">
              <Play size={13} aria-hidden /> Run
            </Button>
          )}
          <span className="max-sm:hidden">
            <Kbd keys="mod+enter" />
          </span>
          <p
            role="status"
            className="figures min-w-0 flex-1 truncate text-sm text-muted max-sm:order-last max-sm:basis-full"
          >
            {statusText(last, missing)}
          </p>
          <Button look="quiet" onPress={() => setDialog('source')} isDisabled={tab.sql.trim() === ''}>
            <Save size={14} aria-hidden /> Save as a data source
          </Button>
          <Button look="quiet" onPress={() => setDialog('widget')} isDisabled={!last?.answered}>
            <LayoutDashboard size={14} aria-hidden /> Add to a dashboard
          </Button>
          <DownloadMenu statement={statement} isDisabled={!canRun} />
        </footer>
      </section>
      {last?.error && <SqlProblem error={last.error} />}
      {last?.answered && (
        <div className={last.isRunning ? 'superseded' : undefined} aria-busy={last.isRunning}>
          <SqlResult key={tab.id} {...last.answered} onChart={store.setChart} />
        </div>
      )}
      <SqlDialogs
        open={dialog}
        tab={tab}
        parameters={parameters}
        chart={store.chart}
        schema={schema}
        history={store.history}
        onOpenStatement={store.openStatement}
        onInsert={(text) =>
          store.change({ sql: tab.sql === '' ? `SELECT * FROM ${text} LIMIT 100` : `${tab.sql} ${text}` })
        }
        onClose={() => setDialog(undefined)}
      />
    </main>
  )
}

function statusText(last: SqlRun | undefined, missing: readonly string[]): string {
  if (last?.isRunning) return last.progress ? progressText(last.progress) : 'Running…'
  if (missing.length > 0) return `Give a value for ${missing.join(', ')}.`
  if (last?.answered?.statement === last?.statement && last?.answered) return doneText(last.answered.answer)
  return last && !last.error ? 'Cancelled.' : ''
}
