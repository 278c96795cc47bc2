import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { followEvents } from '../../api/follow-events.ts'
import { type QuestionKey, WIDGET_ANSWER } from '../../api/widget-answers.ts'
import type { Refresh } from '../board/choice/board-search.ts'
import { refreshQueue } from './refresh-queue.ts'
import { type Change, isTouched } from './touched.ts'

/** How a board keeps up with its data. */
export interface Refreshing {
  readonly state: 'connecting' | 'live' | 'reconnecting' | 'timed' | 'off'
  /** In milliseconds since 1970; while the tab is hidden there is none. */
  readonly nextAt: number | undefined
}

/** Ask again as the reader wants it: when something happens, every so often, or never. */
export function useRefresh(choice: Refresh): Refreshing {
  const live = useLive(choice === 'live')
  const nextAt = useTimer(PERIODS_MS[choice])
  return { state: choice === 'live' ? live : choice === 'off' ? 'off' : 'timed', nextAt }
}

const PERIODS_MS: Readonly<Record<Refresh, number | undefined>> = {
  off: undefined,
  live: undefined,
  '10s': 10_000,
  '30s': 30_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
}

/** Between one refresh and the next. A server that takes long to answer is left alone for as long. */
const LEAST_GAP_MS = 400
/** What is announced together is asked together. */
const SAME_MOMENT_MS = 50
const MOST_GAP_MS = 5000

/**
 * The server says which stretch of time has changed, and the questions that touch it are asked again: the first change at once,
 * those that follow together, and only while somebody can see them. After a break everything is asked again, as changes may have
 * been missed.
 */
function useLive(isOn: boolean): Exclude<Refreshing['state'], 'timed' | 'off'> {
  const client = useQueryClient()
  const [state, setState] = useState<'connecting' | 'live' | 'reconnecting'>('connecting')

  useEffect(() => {
    if (!isOn) return
    let nextMs = 0
    const queue = refreshQueue<Query>((queries) => {
      const startMs = performance.now()
      nextMs = startMs + LEAST_GAP_MS
      const answers = queries.map(({ queryKey }) => client.refetchQueries({ queryKey, exact: true }))
      void Promise.all(answers).then(() => {
        const endMs = performance.now()
        nextMs = startMs + Math.min(MOST_GAP_MS, Math.max(LEAST_GAP_MS, 2 * (endMs - startMs)))
      })
    })
    let flushTimer: ReturnType<typeof setTimeout> | undefined
    const flushSoon = () => {
      flushTimer ??= setTimeout(
        () => {
          flushTimer = undefined
          if (document.hidden) return
          if (performance.now() < nextMs || queue.flush(shown(client))) flushSoon()
        },
        Math.max(SAME_MOMENT_MS, nextMs - performance.now()),
      )
    }
    const mark = (isAffected: (query: Query) => boolean) => {
      queue.mark(shown(client).filter(isAffected))
      // What is not on the screen now is asked again when it comes back.
      const isHidden = (query: Query) => query.queryKey[0] === WIDGET_ANSWER && !query.isActive() && isAffected(query)
      void client.invalidateQueries({ predicate: isHidden, refetchType: 'none' })
      flushSoon()
    }
    const stop = followEvents<{ change: Change }>('/api/v1/live', {
      onEvent: { change: (change) => mark(({ queryKey }) => isTouched(queryKey[1] as readonly QuestionKey[], change)) },
      onState: (next, wasAway) => {
        setState(next)
        if (next === 'live' && wasAway) mark(() => true)
      },
    })
    document.addEventListener('visibilitychange', flushSoon)
    return () => {
      stop()
      clearTimeout(flushTimer)
      document.removeEventListener('visibilitychange', flushSoon)
    }
  }, [isOn, client])

  return state
}

/** Every so often; a hidden tab waits, and asks at once when it is seen again too late. */
function useTimer(periodMs: number | undefined): number | undefined {
  const client = useQueryClient()
  const [nextAt, setNextAt] = useState<number>()

  useEffect(() => {
    if (periodMs === undefined) return
    let dueAt = Date.now() + periodMs
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      setNextAt(document.hidden ? undefined : dueAt)
      if (!document.hidden) timer = setTimeout(refresh, Math.max(0, dueAt - Date.now()))
    }
    const refresh = () => {
      dueAt = Date.now() + periodMs
      void client.refetchQueries({ queryKey: [WIDGET_ANSWER], type: 'active' })
      wait()
    }
    wait()
    document.addEventListener('visibilitychange', wait)
    return () => {
      clearTimeout(timer)
      setNextAt(undefined)
      document.removeEventListener('visibilitychange', wait)
    }
  }, [periodMs, client])

  return nextAt
}

function shown(client: QueryClient): Query[] {
  return client.getQueryCache().findAll({ queryKey: [WIDGET_ANSWER], type: 'active' })
}
