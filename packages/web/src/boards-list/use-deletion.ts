import { useCallback, useEffect, useRef, useState } from 'react'
import type { TreeLine } from './tree/board-tree.ts'

export interface Deletion {
  /** No longer shown: about to be deleted, or on its way. */
  readonly hidden: ReadonlySet<string>
  /** Can still be taken back. */
  readonly pending: TreeLine | undefined
  readonly begin: (line: TreeLine) => void
  readonly undo: () => void
  /** Nobody takes it back any more. */
  readonly finish: () => void
}

/**
 * The server keeps nothing of a deleted folder, so it is told only when nobody can take it back any more: the notice is gone,
 * something else is deleted, or the page is left. Until then the line is only hidden. So it is with boards, whose links would
 * break otherwise while somebody takes back a slip of the hand; later they are brought back from the trash.
 */
export function useDeletion(remove: (line: TreeLine) => Promise<void>): Deletion {
  const [pending, setPending] = useState<TreeLine>()
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set())
  const latest = useRef({ pending, remove })
  useEffect(() => {
    latest.current = { pending, remove }
  })

  const finish = useCallback(() => {
    const line = latest.current.pending
    if (!line) return
    latest.current = { ...latest.current, pending: undefined }
    setPending(undefined)
    setSent((before) => new Set([...before, line.id]))
    // Refused, it is shown again; gone, the list does not have it any more.
    void latest.current
      .remove(line)
      .finally(() => setSent((before) => new Set([...before].filter((id) => id !== line.id))))
  }, [])
  useEffect(() => {
    window.addEventListener('pagehide', finish)
    return () => {
      window.removeEventListener('pagehide', finish)
      finish()
    }
  }, [finish])

  return {
    hidden: new Set([...sent, ...(pending ? [pending.id] : [])]),
    pending,
    begin: (line) => {
      finish()
      setPending(line)
    },
    undo: () => setPending(undefined),
    finish,
  }
}
