import type { Output } from './output.ts'
import type { ServerSession } from './with-server.ts'

/** What the commands need that talk to a server. */
export interface CommandDeps extends Output {
  readonly defaultDataDir: string
  /** Through the server of an existing data directory, see `with-server.ts`. */
  readonly withServer: <T>(dataDir: string, run: (server: ServerSession) => Promise<T>) => Promise<T>
}
