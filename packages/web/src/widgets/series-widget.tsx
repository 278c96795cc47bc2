import { ChartLine, Table2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import type { Loadable } from './loadable.ts'
import { ErrorNote, StaleBadge } from './widget-notes.tsx'

interface Props {
  readonly title: string
  /** `data` is only whether there is something to draw; the drawing itself is in `children`. */
  readonly state: Loadable<boolean>
  readonly isTable: boolean
  readonly onToggleTable: () => void
  /** Instead of the drawing, when the answer is there and has nothing in it. */
  readonly empty: ReactNode
  readonly children: ReactNode
}

/** The frame of the chart over time. Its height is the same in every state. */
export function SeriesWidgetView({ title, state, isTable, onToggleTable, empty, children }: Props): ReactElement {
  return (
    <section aria-label={title} aria-busy={state.data === undefined || state.isSuperseded}>
      <header className="flex h-11 items-center gap-2 px-4 pt-2">
        <h2 className="font-medium">{title}</h2>
        <StaleBadge error={state.data === undefined ? undefined : state.error} />
        <Button look="quiet" className="ml-auto" onPress={onToggleTable}>
          {isTable ? <ChartLine size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
          {isTable ? 'View as chart' : 'View as table'}
        </Button>
      </header>
      <div className={`h-68 px-1 pb-2 ${state.isSuperseded ? 'superseded' : ''}`}>
        <Content state={state} empty={empty}>
          {children}
        </Content>
      </div>
    </section>
  )
}

function Content({ state, empty, children }: Pick<Props, 'state' | 'empty' | 'children'>): ReactNode {
  if (state.data === undefined)
    return state.error ? <ErrorNote error={state.error} retry={state.retry} /> : <ChartSkeleton />
  return state.data ? children : empty
}

/** Also stands in while the chart's code is on its way. */
export function ChartSkeleton(): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="flex h-full flex-col justify-between pt-3.5 pr-3.5 pb-7 pl-11.5">
      {['100', '75', '50', '25', '0'].map((share) => (
        <div key={share} className="skeleton h-px w-full" />
      ))}
    </div>
  )
}
