import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { writeFileDurably } from '../files/durable-file.ts'
import { freePort } from './free-port.ts'

/** The port that was used the last time, if it is free, so that what people have set up goes on working. */
export async function lastingPort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => ''))
  if (Number.isInteger(last) && last > 1023 && last < 65_536 && (await isFree(last))) return last
  const port = await freePort()
  await writeFileDurably(file, `${port}\n`)
  return port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  server.once('error', () => resolve(false))
  server.listen(port, '127.0.0.1', () => resolve(true))
  const free = await promise
  if (free) await new Promise((closed) => server.close(closed))
  return free
}
