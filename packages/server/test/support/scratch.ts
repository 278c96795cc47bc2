import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, type ServerProcessOptions, startServerProcess } from './server-process.ts'

/** A folder with a data directory in it. Both are gone at the end, and so are servers that a failed test left running. */
export interface Scratch extends AsyncDisposable {
  readonly path: string
  readonly dataDir: string
  start(options?: ServerProcessOptions): Promise<ServerProcess>
}

export async function makeScratch(): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), 'almanac-faults-'))
  const dataDir = join(path, 'data')
  const servers: ServerProcess[] = []
  return {
    path,
    dataDir,
    async start(options) {
      const server = await startServerProcess(dataDir, [], options)
      servers.push(server)
      return server
    },
    async [Symbol.asyncDispose]() {
      for (const { child, kill } of servers) if (child.exitCode === null && child.signalCode === null) await kill()
      // The engines of a server that was killed may still be writing their last file.
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
