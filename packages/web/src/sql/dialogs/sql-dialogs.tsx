import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'
import type { SqlSchema } from '../../api/sql.ts'
import { SaveWidgetDialog } from '../../explore/save/save-widget-dialog.tsx'
import { ownValues, type Parameter } from '../parameters.ts'
import type { PastStatement } from '../sql-history.ts'
import { type SqlTab, tabName } from '../sql-tabs.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { SaveSourceDialog } from './save-source-dialog.tsx'
import { TablesDialog } from './tables-dialog.tsx'

export type SqlDialog = 'tables' | 'history' | 'source' | 'widget'

interface Props {
  readonly open: SqlDialog | undefined
  readonly tab: SqlTab
  readonly parameters: readonly Parameter[]
  readonly chart: ChartSpec | undefined
  readonly schema: SqlSchema | undefined
  readonly history: readonly PastStatement[]
  readonly onOpenStatement: (past: Pick<PastStatement, 'sql' | 'values'>) => void
  readonly onInsert: (text: string) => void
  readonly onClose: () => void
}

/** What opens over the statement. */
export function SqlDialogs(props: Props): ReactElement | null {
  const { open, tab, parameters, chart, schema, history, onOpenStatement, onInsert, onClose } = props
  const own = () => ({ sql: tab.sql, parameters: ownValues(parameters, tab.values, Temporal.Now.timeZoneId()) })
  switch (open) {
    case 'tables':
      return <TablesDialog schema={schema} onInsert={onInsert} onClose={onClose} />
    case 'history':
      return <HistoryDialog history={history} onOpen={onOpenStatement} onClose={onClose} />
    case 'source':
      return <SaveSourceDialog suggested={tabName(tab)} source={tab.source} statement={own()} onClose={onClose} />
    case 'widget':
      return (
        <SaveWidgetDialog
          title={tabName(tab)}
          widget={{ chart: chart ?? { kind: 'table' }, data: [{ from: 'sql', ...own() }] }}
          onClose={onClose}
        />
      )
    case undefined:
      return null
  }
}
