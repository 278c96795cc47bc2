import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { createContext, useContext } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'

/** What all forms of the editor need to know. */
export interface EditorWorld {
  readonly cubes: readonly CubeEntry[]
  /** What the board shows while it is edited. */
  readonly scope: BoardScope
}

const Context = createContext<EditorWorld | undefined>(undefined)
export const EditorWorldProvider = Context.Provider

export function useEditorWorld(): EditorWorld {
  const world = useContext(Context)
  if (!world) throw new Error('a form of the editor stands outside of it')
  return world
}
