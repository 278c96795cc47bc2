import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { toApiError } from '../api/api-error.ts'
import type { PublicScope, PublicWidgetAnswer } from '../api/public.ts'
import { WIDGET_ANSWER } from '../api/widget-answers.ts'

/** For what the figures of the page are, as the server says it. `undefined` until the first of them are there. */
export function useServedScope(token: string): PublicScope | undefined {
  const text = usePublicAnswers(token, (answers) => {
    const known = answers.findLast(({ state }) => state.data !== undefined)?.state.data as
      | PublicWidgetAnswer
      | undefined
    return known && JSON.stringify(known.scope)
  })
  return useMemo(() => (text === undefined ? undefined : (JSON.parse(text) as PublicScope)), [text])
}

/** Whether the server gives the figures out no more: the link has ended, its password counts no more, or the board is another. */
export function useIsRefused(token: string): boolean {
  return usePublicAnswers(token, (answers) =>
    answers.some(({ state }) => state.error !== null && REFUSALS.includes(toApiError(state.error).code)),
  )
}

const REFUSALS = ['not_found', 'gone', 'unauthorized']

function usePublicAnswers<T extends string | boolean | undefined>(
  token: string,
  read: (answers: ReturnType<typeof answersOf>) => T,
): T {
  const client = useQueryClient()
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client])
  return useSyncExternalStore(subscribe, () => read(answersOf(client, token)))
}

function answersOf(client: ReturnType<typeof useQueryClient>, token: string) {
  return client.getQueryCache().findAll({ queryKey: [WIDGET_ANSWER, [], token], type: 'active' })
}
