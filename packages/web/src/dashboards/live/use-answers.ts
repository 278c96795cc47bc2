import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { WIDGET_ANSWER, type WidgetAnswer } from '../../api/widget-answers.ts'

/** What can be said of all answers on the page at once. */

/** When the newest of the figures on the page were read. */
export function useAsOf(): string | undefined {
  return useAnswers((client) => {
    const moments = answersOf(client).flatMap(({ state }) => (state.data as WidgetAnswer | undefined)?.frame.asOf ?? [])
    return moments.sort().at(-1)
  })
}

/** Whether the server did not even answer. */
export function useIsUnreachable(): boolean {
  return useAnswers((client) =>
    answersOf(client).some(({ state }) => state.error !== null && toApiError(state.error).status === 0),
  )
}

/** Whether everything in sight has been answered, one way or the other; that figures are asked for again does not count. */
export function useIsSettled(): boolean {
  return useAnswers((client) => {
    const answers = answersOf(client)
    return answers.length > 0 && answers.every(({ state }) => state.status !== 'pending')
  })
}

/** How many answers are still on their way. */
export function usePendingCount(): number {
  return useAnswers((client) => answersOf(client).filter(({ state }) => state.fetchStatus === 'fetching').length)
}

function useAnswers<T extends string | number | boolean | undefined>(read: (client: QueryClient) => T): T {
  const client = useQueryClient()
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client])
  return useSyncExternalStore(subscribe, () => read(client))
}

function answersOf(client: QueryClient) {
  return client.getQueryCache().findAll({ queryKey: [WIDGET_ANSWER], type: 'active' })
}
