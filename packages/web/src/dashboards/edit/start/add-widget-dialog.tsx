import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { CodeXml } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import type { NewWidget } from '../changes/widget-edits.ts'
import { FIRST_STATEMENT } from '../data/first-statement.ts'
import { useEditorWorld } from '../editor-context.ts'
import { defaultSize } from '../kinds/default-size.ts'
import type { Wish } from '../kinds/fitting-data.ts'
import { KIND_NAMES } from '../kinds/kind-catalogue.ts'
import { KindGallery, type KindOffer } from '../kinds/kind-gallery.tsx'
import { offersForWish } from '../kinds/kind-offers.ts'
import { withUsualFilters } from '../kinds/usual-filters.ts'
import { usualMeasures } from '../kinds/usual-measures.ts'
import { newWidget } from './starter.ts'
import { WishForm } from './wish-form.tsx'

interface Props {
  /** What the board asks most, to begin with. */
  readonly usualCube: string | undefined
  readonly onAdd: (widget: NewWidget) => void
  readonly onClose: () => void
}

/** What somebody wants to see, and as what: the kinds that fit come first. */
export function AddWidgetDialog({ usualCube, onAdd, onClose }: Props): ReactElement {
  const world = useEditorWorld()
  const { cubes } = world
  const [chosen, setChosen] = useState<{ readonly cube: string; readonly wish: Wish }>()
  const cube = cubes.find(({ name }) => name === (chosen?.cube ?? usualCube)) ?? cubes[0]
  const wish = chosen?.wish ?? firstWish(cube)
  const offers = useMemo(() => [...(cube ? offersForWish(cube, wish) : []), ...STATIC_OFFERS], [cube, wish])
  const pick = (kind: ChartKind) => {
    const widget = newWidget(kind, isStatic(kind) ? undefined : cube, wish, cubes)
    if (widget) onAdd({ ...widget, data: widget.data.map((one) => withUsualFilters(one, cubes, world)) })
  }
  return (
    <Dialog title="Add a widget" isOpen onClose={onClose}>
      <div className="flex min-h-0 flex-1 flex-col sm:h-[36rem]">
        {cube && (
          <WishForm
            cube={cube}
            cubes={cubes}
            wish={wish}
            onChange={(next, of) => setChosen({ cube: of.name, wish: next })}
          />
        )}
        <KindGallery offers={offers} isWide onPick={pick} />
        <footer className="flex items-center justify-end border-t border-line px-4 py-2">
          <Button look="quiet" onPress={() => onAdd(SQL_WIDGET)}>
            <CodeXml size={14} aria-hidden /> Begin with a statement in SQL
          </Button>
        </footer>
      </div>
    </Dialog>
  )
}

const SQL_WIDGET: NewWidget = {
  title: 'Events',
  place: defaultSize('bar'),
  chart: { kind: 'bar' },
  data: [{ from: 'sql', sql: FIRST_STATEMENT, parameters: {} }],
}

const STATIC_OFFERS = KIND_NAMES.filter(isStatic).map((kind): KindOffer => ({ kind, fit: 'free' }))

function firstWish(cube: CubeEntry | undefined): Wish {
  const [first] = cube ? usualMeasures(cube) : []
  return { measures: first === undefined ? [] : [first], dimensions: [], isOverTime: true }
}
