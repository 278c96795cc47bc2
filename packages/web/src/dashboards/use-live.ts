import { type Query, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { followEvents } from '../api/follow-events.ts'
import { CUBE_QUERY } from '../api/queries.ts'
import { type Change, isTouched, refreshQueue } from './live-refresh.ts'

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off'

const THROTTLE_MS = 400

/**
 * Keeps what is on the screen up to date: the server says which stretch of time has changed, and the queries that touch
 * it are asked again, at most once per 400 ms and only while somebody can see them. After a break everything is asked
 * again, as changes may have been missed.
 */
export function useLive(isOn: boolean): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')

  useEffect(() => {
    if (!isOn) return
    const active = () => client.getQueryCache().findAll({ queryKey: [CUBE_QUERY], type: 'active' })
    const queue = refreshQueue<Query>((queries) => {
      for (const query of queries) void client.refetchQueries({ queryKey: query.queryKey, exact: true })
    })
    let flushTimer: ReturnType<typeof setTimeout> | undefined
    const flushSoon = () => {
      flushTimer ??= setTimeout(() => {
        flushTimer = undefined
        if (!document.hidden && queue.flush(active())) flushSoon()
      }, THROTTLE_MS)
    }
    const mark = (isAffected: (query: Query) => boolean) => {
      queue.mark(active().filter(isAffected))
      // What is not on the screen now is asked again when it comes back.
      const isHidden = (query: Query) => query.queryKey[0] === CUBE_QUERY && !query.isActive() && isAffected(query)
      void client.invalidateQueries({ predicate: isHidden, refetchType: 'none' })
      flushSoon()
    }
    const stop = followEvents<{ change: Change }>('/api/v1/live', {
      onEvent: { change: (change) => mark((query) => isTouched(query.queryKey, change)) },
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

  return isOn ? state : 'off'
}
