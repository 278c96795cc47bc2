import type { CommandDeps } from './command-deps.ts'
import type { ServerSession } from './with-server.ts'

interface Address {
  readonly path: string
  readonly url: string
}

/** Prints an address that somebody is to be sent. Of a server that was started for the command alone, it is the path. */
export function printAddress({ path, url }: Address, { isTemporary }: ServerSession, deps: CommandDeps): void {
  deps.stdout(`${isTemporary ? path : url}\n`)
  if (isTemporary) deps.stderr('No server is running: put the address of yours before it.\n')
}
