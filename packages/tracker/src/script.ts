import { safe } from './safe.ts'
import { call, start } from './start.ts'

/** The script tag. Calls that came before it wait in the stub of the snippet; the real function has no such list. */
interface Stub {
  readonly q: readonly Parameters<typeof call>[]
}

safe(() => {
  const global = self as { almanac?: Stub | typeof call }
  const stub = global.almanac as Stub | undefined
  // A second tag on the same page counts nothing twice.
  if (stub && !stub.q) return
  const script = document.currentScript as HTMLScriptElement
  start({ api: new URL('../e', script.src), ...script.dataset })
  global.almanac = call
  stub?.q.map((waiting) => call(...waiting))
})()
