import type { Board } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { createContext, useContext } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'

/** What all forms of the editor need to know. */
export interface EditorWorld {
  readonly cubes: readonly CubeEntry[]
  /** What the board shows while it is edited. */
  readonly scope: BoardScope
  readonly variables: Board['variables']
  /** By cube that has amounts in different currencies: the most usual one. */
  readonly currencies: ReadonlyMap<string, string>
}

export const NO_CURRENCIES: EditorWorld['currencies'] = new Map()

const Context = createContext<EditorWorld | undefined>(undefined)
export const EditorWorldProvider = Context.Provider

export function useEditorWorld(): EditorWorld {
  const world = useContext(Context)
  if (!world) throw new Error('a form of the editor stands outside of it')
  return world
}
