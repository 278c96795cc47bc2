import type { BiConnection } from '../api/bi.ts'

/** What to do in each tool, with this server's own addresses. */
export interface ToolGuide {
  readonly id: string
  readonly name: string
  readonly steps: readonly string[]
  /** Text to copy into the tool, in order. */
  readonly texts: readonly { readonly label: string; readonly text: string }[]
}

export function toolGuides(connection: BiConnection, origin: string): ToolGuide[] {
  const { host, port, database, isEncrypted } = connection
  const view = connection.views.find((name) => name === 'web_day') ?? connection.views[0] ?? 'web_day'
  const jdbc = `jdbc:clickhouse://${host}:${port}/${database}?compress=0${isEncrypted ? '&ssl=true' : ''}`
  return [
    {
      id: 'excel',
      name: 'Excel, Google Sheets',
      steps: ['Make an API key with the right to read.', 'Import data from this address, with the key at its end.'],
      texts: [
        { label: 'Address', text: `${origin}/feed/web/day.csv?dimensions=country&token=alm_…` },
        { label: 'In Google Sheets', text: `=IMPORTDATA("${origin}/feed/web/day.csv?dimensions=country&token=alm_…")` },
      ],
    },
    {
      id: 'grafana',
      name: 'Grafana',
      steps: [
        'Add a data source of the type Prometheus, which every Grafana has.',
        'Give it this address, and “Bearer alm_…” with an API key as the header Authorization.',
      ],
      texts: [
        { label: 'Address', text: `${origin}/prometheus` },
        { label: 'A first query', text: 'web:visitors{country="DE"}' },
      ],
    },
    {
      id: 'tableau',
      name: 'Tableau',
      steps: ['Choose the ClickHouse connector.', 'Server, port, database and user are those above.'],
      texts: [{ label: 'A first query', text: `SELECT time, hits FROM ${database}.${view}_total` }],
    },
    {
      id: 'dbeaver',
      name: 'DBeaver',
      steps: ['New connection, ClickHouse, connect by URL.', 'User and password are those above.'],
      texts: [{ label: 'URL', text: jdbc }],
    },
  ]
}

/** To the embedded ClickHouse, from another machine. */
export function tunnelCommand({ host, port }: BiConnection, server: string): string {
  return `ssh -N -L ${port}:${host}:${port} ${server}`
}

/** The views of each cube: `web_day_total` is one of `web`. */
export function viewsByCube(views: readonly string[]): { readonly cube: string; readonly views: readonly string[] }[] {
  const cubeOf = (view: string) => view.replace(VIEW_KIND, '')
  return [...Map.groupBy(views, cubeOf)].map(([cube, names]) => ({ cube, views: names }))
}

const VIEW_KIND = /_(rows|(hour|day|week|month|quarter|year)(_total)?)$/
