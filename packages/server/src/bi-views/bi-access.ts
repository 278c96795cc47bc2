import type { ClickHouseConnection } from '../engines/start-engines.ts'
import type { BiViewsState } from './keep-bi-views.ts'

/** What a tool needs to connect, without the password. */
export interface BiConnection {
  readonly host: string
  readonly port: number
  readonly isEncrypted: boolean
  readonly database: string
  readonly user: string
  /** The engine runs beside the server and listens to programs of that machine only. */
  readonly isEmbedded: boolean
}

export interface BiAccess {
  readonly connection: BiConnection
  readonly password: string
  readonly views: () => BiViewsState
}

export function biConnection(reader: ClickHouseConnection, database: string, isEmbedded: boolean): BiConnection {
  const { protocol, hostname, port } = new URL(reader.url)
  const isEncrypted = protocol === 'https:'
  return {
    host: hostname,
    port: Number(port) || (isEncrypted ? 443 : 80),
    isEncrypted,
    database,
    user: reader.username,
    isEmbedded,
  }
}
