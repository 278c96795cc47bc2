import type { Board } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo, useState } from 'react'
import type { BoardAnswer } from '../../api/boards.ts'
import { type CubeEntry, cubesQuery } from '../../api/cubes.ts'
import { useAnnotations } from '../annotations/use-annotations.ts'
import { BoardProvider } from '../board/board-context.ts'
import type { BoardSearch } from '../board/choice/board-search.ts'
import { useReaderChoice } from '../board/choice/use-reader-choice.ts'
import { crosshairStore } from '../live/crosshair.ts'
import { useIsUnreachable } from '../live/use-answers.ts'
import { useBoardHistory } from './changes/use-board-history.ts'
import { EditorWorldProvider } from './editor-context.ts'
import { EditorPage } from './editor-page.tsx'
import type { SavedBoard } from './saving/use-board-saving.ts'
import { emptyBoard } from './start/empty-board.ts'
import { useCurrencies } from './use-currencies.ts'

interface Props {
  /** The board as it was when editing began; without one, a new board is made. */
  readonly answer?: BoardAnswer
  readonly search: BoardSearch
  readonly onSearch: (search: BoardSearch) => void
  /** The board got an address, its first or that of a copy: go on editing there. */
  readonly onMoved: (slug: string) => void
  readonly onLeave: () => void
}

/** A board to be arranged. What is edited is shown as readers will see it, with the range and filters of the address. */
export function BoardEditor({ answer, search, onSearch, onMoved, onLeave }: Props): ReactElement {
  const [initial] = useState<SavedBoard>(() =>
    answer
      ? { slug: answer.slug, version: answer.version, board: answer.board }
      : { slug: undefined, version: 0, board: emptyBoard() },
  )
  const history = useBoardHistory(initial.board)
  const { board } = history
  const { data: cubes = NO_CUBES } = useQuery(cubesQuery)
  const choice = useReaderChoice(board, search)
  const [crosshair] = useState(crosshairStore)
  const { marks } = useAnnotations(board, initial.slug, choice)
  const isAway = useIsUnreachable()
  const labelOf = useMemo(() => dimensionLabels(cubes), [cubes])
  const shared = useSharedBoard(board)
  const { scope } = choice
  const context = useMemo(
    () => ({
      board: shared,
      slug: initial.slug,
      choice,
      search,
      go: onSearch,
      crosshair,
      annotations: marks,
      isPrinting: false,
      isAway,
      labelOf,
      onAnnotate: undefined,
    }),
    [shared, initial.slug, choice, search, onSearch, crosshair, marks, isAway, labelOf],
  )
  const { variables } = board
  const currencies = useCurrencies(cubes, scope)
  const world = useMemo(() => ({ cubes, scope, variables, currencies }), [cubes, scope, variables, currencies])
  return (
    <BoardProvider value={context}>
      <EditorWorldProvider value={world}>
        <EditorPage
          history={history}
          initial={initial}
          answer={answer}
          choice={choice}
          search={search}
          onSearch={onSearch}
          onMoved={onMoved}
          onLeave={onLeave}
        />
      </EditorWorldProvider>
    </BoardProvider>
  )
}

/**
 * What widgets ask of their board, which is not what lies on it: while a title is typed, the others are not drawn again. Its
 * tabs are those of an earlier moment.
 */
function useSharedBoard(board: Board): Board {
  const [kept, setKept] = useState(board)
  const isSame = SHARED.every((key) => kept[key] === board[key])
  if (isSame) return kept
  setKept(board)
  return board
}

const SHARED = ['variables', 'filters', 'annotations', 'range', 'grain', 'compare', 'timezone', 'refresh'] as const

function dimensionLabels(cubes: readonly CubeEntry[]): (name: string) => string {
  const labels = new Map(cubes.flatMap(({ dimensions }) => dimensions.map(({ name, label }) => [name, label] as const)))
  return (name) => labels.get(name) ?? name
}

const NO_CUBES: readonly never[] = []
