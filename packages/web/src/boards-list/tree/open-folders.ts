import { useState } from 'react'

const KEY = 'almanac.closed-folders'

/** Folders are open until somebody closes them; this browser remembers which. */
export function useOpenFolders(all: readonly string[]) {
  const [closed, setClosed] = useState(readClosed)
  return {
    open: all.filter((id) => !closed.has(id)),
    setOpen: (open: ReadonlySet<unknown>) => {
      const next = new Set(all.filter((id) => !open.has(id)))
      setClosed(next)
      try {
        localStorage.setItem(KEY, JSON.stringify([...next]))
      } catch {
        // Then they are open again the next time.
      }
    },
  }
}

function readClosed(): ReadonlySet<string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return new Set(Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [])
  } catch {
    return new Set()
  }
}
