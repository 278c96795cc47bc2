import type { Board } from '@almanac/core/boards/board.ts'
import { widgetQuestion } from '@almanac/core/boards/widget-query.ts'
import { Code2, LayoutDashboard, SlidersHorizontal } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import type { CubeEntry } from '../api/cubes.ts'
import { useMayEdit } from '../app/rights.ts'
import type { BoardSearch } from '../dashboards/board/choice/board-search.ts'
import { crumbs } from '../dashboards/board/choice/drill.ts'
import { useReaderChoice } from '../dashboards/board/choice/use-reader-choice.ts'
import { CrumbBar } from '../dashboards/board/head/crumb-bar.tsx'
import { PAGE } from '../dashboards/board/page-class.ts'
import { defaultTitle } from '../dashboards/edit/kinds/default-title.ts'
import { emptyBoard } from '../dashboards/edit/start/empty-board.ts'
import { useCurrencies } from '../dashboards/edit/use-currencies.ts'
import { BoardToolbar } from '../dashboards/toolbar/board-toolbar.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useTitle } from '../ui/use-title.ts'
import { ExplainPanel } from './explain/explain-panel.tsx'
import { askedData, withCube, withFields } from './explore-edits.ts'
import type { Exploration } from './explore-search.ts'
import { FieldChooser } from './fields/field-chooser.tsx'
import { useRefusals } from './fields/use-refusals.ts'
import { CopyDialog } from './save/copy-dialog.tsx'
import { ExploreSave } from './save/explore-save.tsx'
import { ShownOptions } from './shown-options.tsx'
import { ShownResult } from './shown-result.tsx'
import { useExploreAnswer } from './use-explore-answer.ts'
import { withUsualChoice } from './usual-choice.ts'

interface Props {
  readonly exploration: Exploration
  readonly cubes: readonly CubeEntry[]
  readonly go: (exploration: Exploration) => void
}

type Open = 'fields' | 'copy' | 'save'

/** What to see at the left, how it is seen above, the answer as chart and table, and beside it what is explained. */
export function Explorer({ exploration, cubes, go }: Props): ReactElement {
  const { data, chart, search, explain } = exploration
  const cube = cubes.find(({ name }) => name === data.cube)
  const board = useExploreBoard(exploration)
  const choice = useReaderChoice(board, search)
  const { scope } = choice
  const answer = useExploreAnswer(exploration, choice)
  const refusals = useRefusals(cube, data, scope)
  const mayEdit = useMayEdit()
  const [open, setOpen] = useState<Open>()
  const title = exploration.title ?? defaultTitle(chart.kind, [data], cubes)
  useTitle(`Explore ${title}`)

  const range = { choice, search, onChange: (next: BoardSearch) => go({ ...exploration, search: next }) }
  const currencies = useCurrencies(cubes, scope)
  /** Another question: what was explained and the name of the widget are of the one before. */
  const ask = (shown: Pick<Exploration, 'data' | 'chart'>) =>
    go(
      withUsualChoice({ ...exploration, ...shown, title: undefined, explain: undefined }, cubes, { scope, currencies }),
    )
  const fields = (
    <FieldChooser
      cubes={cubes}
      cube={cube}
      data={data}
      refusals={refusals}
      onCube={(next) => ask(withCube(exploration, next))}
      onFields={(next) => cube && ask(withFields(exploration, next, cube))}
    />
  )
  return (
    <div className="flex min-w-0">
      <aside aria-label="Measures and dimensions" className={FIELDS}>
        {fields}
      </aside>
      <main className={`${PAGE} min-w-0 flex-1`}>
        <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight max-sm:basis-full" title={title}>
            <bdi>{title}</bdi>
          </h1>
          <Button className="lg:hidden" onPress={() => setOpen('fields')}>
            <SlidersHorizontal size={14} aria-hidden /> Figures
          </Button>
          <Button onPress={() => setOpen('copy')} isDisabled={!cube}>
            <Code2 size={14} aria-hidden /> Code
          </Button>
          {mayEdit && (
            <Button look="primary" onPress={() => setOpen('save')} isDisabled={!cube}>
              <LayoutDashboard size={14} aria-hidden /> Save as a widget
            </Button>
          )}
        </header>
        <BoardToolbar {...range} board={board} />
        <CrumbBar crumbs={crumbs(search, choice)} onGo={range.onChange} />
        <ShownOptions
          exploration={exploration}
          cube={cube}
          cubes={cubes}
          scope={scope}
          answer={answer.data}
          onAsk={ask}
          go={go}
        />
        <ShownResult exploration={exploration} title={title} choice={choice} answer={answer} go={go} />
      </main>
      {explain && cube && (
        <ExplainPanel
          cell={explain}
          data={data}
          cube={cube}
          scope={scope}
          frame={answer.data?.frame}
          onChange={(cell) => go({ ...exploration, explain: cell })}
          onClose={() => go({ ...exploration, explain: undefined })}
        />
      )}
      <Dialog title="Figures" isOpen={open === 'fields'} onClose={() => setOpen(undefined)}>
        {fields}
        <div className="border-t border-line p-3">
          <Button look="primary" className="h-10 w-full" onPress={() => setOpen(undefined)}>
            Show
          </Button>
        </div>
      </Dialog>
      {open === 'copy' && (
        <CopyDialog
          query={widgetQuestion(askedData(exploration), scope, [], undefined).query}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'save' && (
        <ExploreSave exploration={exploration} title={title} choice={choice} onClose={() => setOpen(undefined)} />
      )}
    </div>
  )
}

/** What the controls of dashboards need of one: its widget's question, from which they know the dimensions. */
function useExploreBoard({ data, chart }: Exploration): Board {
  const { cube } = data
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing else of the question matters to them.
  return useMemo(() => {
    const place = { x: 0, y: 0, w: 24, h: 8 }
    const widget = { id: 'explore', title: '', place, chart, data: [data] }
    const section = { id: 'main', isCollapsed: false, widgets: [widget] }
    return { ...emptyBoard(), title: 'Explore', compare: [], tabs: [{ id: 'main', title: '', sections: [section] }] }
  }, [cube])
}

const FIELDS =
  'sticky top-0 hidden h-dvh w-70 shrink-0 flex-col border-r border-line bg-surface pt-4 lg:flex print:hidden'
