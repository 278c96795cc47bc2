import { createServer } from 'node:net'

const given = new Set<number>()

/** A TCP port on loopback that was free a moment ago, and never the same one twice in this process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await askForPort()
    if (given.has(port)) continue
    given.add(port)
    return port
  }
}

const DISTURBED =
  /address already in use|EADDRINUSE|could not bind|"postmaster\.pid" already exists|another server instance/i
const MAX_ATTEMPTS = 3

/**
 * Another process can take a free port before its user does; and an engine that a server was just starting when it was
 * killed can appear in the folder after we looked for what it had left. Then the start is tried again, from that look on.
 */
export async function untilUndisturbed<Result>(start: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !(error instanceof Error && DISTURBED.test(error.message))) throw error
    }
  }
}

async function askForPort(): Promise<number> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
  await new Promise((closed) => server.close(closed))
  return address.port
}
