import type { Board } from '@almanac/core/boards/board.ts'
import { useEffect, useRef, useState } from 'react'
import { type Draft, dropDraft, readDraft, writeDraft } from './draft-store.ts'

interface Options {
  readonly slug: string | undefined
  readonly board: Board
  readonly version: number
  readonly isChanged: boolean
}

const PAUSE_MS = 400

/**
 * Keeps what was not saved yet in this browser, and gives back what an earlier visit has left, until the reader decides
 * about it.
 */
export function useDraft({ slug, board, version, isChanged }: Options) {
  const [found, setFound] = useState<Draft | undefined>(() => {
    const draft = readDraft(localStorage, slug)
    return draft && JSON.stringify(draft.board) !== JSON.stringify(board) ? draft : undefined
  })

  const unwritten = useRef<() => void>(undefined)

  useEffect(() => {
    unwritten.current = undefined
    // What an earlier visit has left is not written over before the reader has decided, or has begun something new.
    if (!isChanged) return
    const write = () => {
      unwritten.current = undefined
      writeDraft(localStorage, slug, { board, version, changedAt: Temporal.Now.instant().toString() })
    }
    unwritten.current = write
    const timer = setTimeout(write, PAUSE_MS)
    addEventListener('pagehide', write)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', write)
    }
  }, [slug, board, version, isChanged])

  // Who leaves the editor within the pause loses nothing either.
  useEffect(() => () => unwritten.current?.(), [])

  return {
    found,
    /** The reader has taken it up, or does not want it. */
    decide: () => setFound(undefined),
    drop: () => {
      setFound(undefined)
      dropDraft(localStorage, slug)
    },
  }
}
