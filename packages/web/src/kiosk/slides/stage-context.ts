import { createContext, useContext } from 'react'

/** What the pages of a wall screen say of the screen. */
interface Stage {
  /** The server can't be reached: figures stand still. */
  readonly isAway: boolean
  /** Which page it is, from one on. */
  readonly place: number
  readonly count: number
}

const Context = createContext<Stage>({ isAway: false, place: 1, count: 1 })

export const StageProvider = Context.Provider

export function useStage(): Stage {
  return useContext(Context)
}
