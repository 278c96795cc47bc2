import { useEffect, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../api/api-error.ts'
import { cancelSql, runSql, type SqlAnswer, type SqlProgress, sqlProgress } from '../api/sql.ts'

export interface Statement {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A statement that was run: it is on its way, has an answer, or an error. */
export interface SqlRun {
  readonly statement: Statement
  readonly isRunning: boolean
  readonly progress?: SqlProgress
  /** While it runs, and when it is cancelled, that of the statement before it is still there to read. */
  readonly answered?: { readonly statement: Statement; readonly answer: SqlAnswer }
  readonly error?: ApiError
}

interface Runs {
  /** The last one of each tab. */
  readonly runs: ReadonlyMap<string, SqlRun>
  readonly run: (tab: string, statement: Statement) => Promise<SqlRun>
  readonly cancel: (tab: string) => void
}

const ROWS = 10_000
const ASK_EVERY_MS = 500

/** Runs statements, one for each tab at a time, and watches how far they are. What nobody waits for any more is cancelled. */
export function useSqlRuns(): Runs {
  const [runs, setRuns] = useState<ReadonlyMap<string, SqlRun>>(new Map())
  const waiting = useRef(new Map<string, { readonly id: string; readonly controller: AbortController }>())
  const set = (tab: string, run: SqlRun) =>
    setRuns((all) => {
      const answered = run.answered ?? (run.error ? undefined : all.get(tab)?.answered)
      return new Map(all).set(tab, { ...run, ...(answered && { answered }) })
    })

  const cancel = (tab: string) => {
    const going = waiting.current.get(tab)
    if (!going) return
    // The connection ends as well; what lies between here and the server may not pass that on.
    void cancelSql(going.id).catch(() => undefined)
    going.controller.abort(CANCELLED)
  }

  const run = async (tab: string, statement: Statement): Promise<SqlRun> => {
    cancel(tab)
    const going = { id: freshQueryId(), controller: new AbortController() }
    waiting.current.set(tab, going)
    const { signal } = going.controller
    set(tab, { statement, isRunning: true })
    const timer = setInterval(() => {
      sqlProgress(going.id, signal).then(
        (progress) => {
          if (progress && waiting.current.get(tab) === going) set(tab, { statement, isRunning: true, progress })
        },
        () => undefined,
      )
    }, ASK_EVERY_MS)
    const outcome = await runSql({ ...statement, id: going.id, limit: ROWS }, signal).then(
      (answer): SqlRun => ({ statement, isRunning: false, answered: { statement, answer } }),
      (error: unknown): SqlRun => ({
        statement,
        isRunning: false,
        ...(error !== CANCELLED && { error: toApiError(error) }),
      }),
    )
    clearInterval(timer)
    if (waiting.current.get(tab) === going) {
      waiting.current.delete(tab)
      set(tab, outcome)
    }
    return outcome
  }

  useEffect(() => {
    const all = waiting.current
    return () => {
      for (const { controller } of all.values()) controller.abort(CANCELLED)
    }
  }, [])
  return { runs, run, cancel }
}

const CANCELLED = new DOMException('cancelled', 'AbortError')

/** `crypto.randomUUID` is there on secure pages only, and a server in one's own network may have none. */
function freshQueryId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
