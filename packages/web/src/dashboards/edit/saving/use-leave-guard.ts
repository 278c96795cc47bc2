import { useBlocker } from '@tanstack/react-router'
import { useRef } from 'react'

export interface LeaveGuard {
  /** Somebody wants to go away from changes that were not saved. */
  readonly isAsking: boolean
  readonly stay: () => void
  readonly leave: () => void
  /** The next way is free: the board moves to its new address. */
  readonly allow: () => void
  readonly watch: (isChanged: boolean) => void
}

/** Asks before unsaved changes are left behind, also before the tab is closed. Another range or tab of the board is no leaving. */
export function useLeaveGuard(isChanged: boolean): LeaveGuard {
  const isGuarded = useRef(isChanged)
  const isFree = useRef(false)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (isFree.current || !isGuarded.current) return false
      return next.pathname !== current.pathname || isEditing(next.search) !== isEditing(current.search)
    },
    enableBeforeUnload: () => isGuarded.current,
    withResolver: true,
  })
  return {
    isAsking: blocker.status === 'blocked',
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
    allow: () => {
      isFree.current = true
    },
    watch: (changed) => {
      isGuarded.current = changed
    },
  }
}

/** The router gives the address here as it is written. */
function isEditing(search: unknown): boolean {
  return typeof search === 'object' && search !== null && 'edit' in search && String(search.edit) === 'true'
}
