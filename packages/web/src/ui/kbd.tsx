import type { ReactElement } from 'react'
import { isMac, keyCaps, waysOf } from './shortcut-keys.ts'

/** Keys as they stand on the keyboard. Of several ways to type it, all or the first. */
export function Kbd({ keys, isShort = false }: { keys: string; isShort?: boolean }): ReactElement {
  const ways = waysOf(keys).slice(0, isShort ? 1 : undefined)
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-xs text-faint">
      {ways.map((way, i) => (
        <span key={way.join(' ')} className="inline-flex items-center gap-1">
          {i > 0 && <span>or</span>}
          {way.map((step, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice, and nothing moves.
            <span key={j} className="inline-flex items-center gap-0.5">
              {keyCaps(step, isMac()).map((cap) => (
                <kbd key={cap} className={CAP}>
                  {cap}
                </kbd>
              ))}
            </span>
          ))}
        </span>
      ))}
    </span>
  )
}

const CAP =
  'inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-line bg-sunken px-1 font-sans font-medium text-muted'
