import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Gives the memory back that was needed to start: code that was read, schemas, migrations. V8 would collect it only under pressure,
 * which a server that idles never gets to. Once, some seconds after the start, for some tens of milliseconds. Returns how to call it off.
 */
export function collectAfterStart(afterMs: number): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const timer = setTimeout(collect, afterMs).unref()
  return () => clearTimeout(timer)
}
