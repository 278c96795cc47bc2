import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { CommandDeps } from '../command-deps.ts'

/** For tests: what a command needs to speak to the server at an address, and what it prints. */
export function captured(url: string, { token = 't', input = '', isTemporary = false } = {}) {
  const printed = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof printed) => (text: string) => {
    printed[stream] += text
  }
  const deps: CommandDeps & { readonly stdin: AsyncIterable<Buffer> } = {
    defaultDataDir: 'x',
    stdin: (async function* () {
      yield Buffer.from(input)
    })(),
    stdout: into('stdout'),
    stderr: into('stderr'),
    withServer: (_dataDir, use) => use({ url, token, refresh: async () => undefined, isTemporary }),
  }
  return { printed, deps }
}

/** The address of a server that answers as it is told, until the test is over. */
export async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
