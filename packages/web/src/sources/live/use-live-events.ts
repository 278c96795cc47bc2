import { type Dispatch, useEffect, useReducer, useState } from 'react'
import { followEvents } from '../../api/follow-events.ts'
import { liveEventsPath } from '../../api/sources.ts'
import { type ArrivedEvent, EMPTY_LIST, type LiveAction, type LiveList, liveList } from './live-events.ts'

type Connection = 'connecting' | 'live' | 'reconnecting'

/** Follows the events of a source for as long as the component is there. */
export function useLiveEvents(source: string): [LiveList, Dispatch<LiveAction>, Connection] {
  const [list, act] = useReducer(liveList, EMPTY_LIST)
  const [connection, setConnection] = useState<Connection>('connecting')
  useEffect(
    () =>
      followEvents<{ event: ArrivedEvent; skipped: { count: number } }>(liveEventsPath(source), {
        onEvent: {
          event: (event) => act({ kind: 'arrived', event }),
          skipped: ({ count }) => act({ kind: 'skipped', count }),
        },
        onState: setConnection,
      }),
    [source],
  )
  return [list, act, connection]
}
