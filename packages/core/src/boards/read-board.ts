import { expectation, issuesOf } from '../cubes/define/schema-issues.ts'
import type { Issue } from '../errors.ts'
import { Board } from './board.ts'

export type ReadBoard = { readonly board: Board } | { readonly issues: readonly Issue[] }

/** A board with what was left out filled in, or all that is wrong with its form, each with its path. */
export function readBoard(value: unknown): ReadBoard {
  const parsed = Board.safeParse(value, { error: expectation })
  return parsed.success ? { board: parsed.data } : { issues: issuesOf(parsed.error) }
}
