import type { Board } from '@almanac/core/boards/board.ts'
import { inUsualCurrency, type UsualCurrency } from './usual-currency.ts'

/** A board that is not made here and cannot be changed here. */
export interface FixedBoard {
  readonly slug: string
  readonly origin: 'workspace' | 'ready'
  readonly board: Board
}

/** By slug. */
export interface FixedBoards {
  workspace(): ReadonlyMap<string, FixedBoard>
  ready(): ReadonlyMap<string, FixedBoard>
  /** Of either. */
  has(slug: string): boolean
  /** Those of the workspace, all of them. */
  replace(boards: readonly PlacedBoard[]): void
  /** What is shown of it: amounts in the currency of most payments, on those that come with Almanac. */
  shown(board: FixedBoard): Promise<FixedBoard>
}

export interface PlacedBoard {
  readonly slug: string
  readonly board: Board
}

/** The boards of the workspace and those that come with Almanac, in memory. */
export function createFixedBoards(
  readyBoards: readonly PlacedBoard[],
  usualCurrency: UsualCurrency = async () => undefined,
): FixedBoards {
  const ready = bySlug(readyBoards, 'ready')
  let workspace = bySlug([], 'workspace')
  return {
    workspace: () => workspace,
    ready: () => ready,
    has: (slug) => workspace.has(slug) || ready.has(slug),
    replace(boards) {
      workspace = bySlug(boards, 'workspace')
    },
    shown: async (one) =>
      one.origin === 'ready' ? { ...one, board: await inUsualCurrency(one.board, usualCurrency) } : one,
  }
}

function bySlug(boards: readonly PlacedBoard[], origin: FixedBoard['origin']): ReadonlyMap<string, FixedBoard> {
  return new Map(boards.map(({ slug, board }) => [slug, { slug, origin, board }]))
}
