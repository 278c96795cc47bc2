import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { Search } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button, Input, SearchField } from 'react-aria-components'
import { SEARCH_INPUT } from '../../../ui/list-search.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { KIND_GROUPS, KINDS, kindsNamed } from './kind-catalogue.ts'
import { KindPicture } from './kind-picture.tsx'

/** A kind that can be chosen, and what comes of it. */
export interface KindOffer {
  readonly kind: ChartKind
  /** `fits`: shows the data as it is. `adapts`: with a little more or less of it. `free`: needs none. `never`: not this data. */
  readonly fit: 'fits' | 'adapts' | 'free' | 'never'
  /** What is missing, or what is added. */
  readonly reason?: string | undefined
}

interface Props {
  readonly offers: readonly KindOffer[]
  readonly chosen?: ChartKind
  readonly isWide?: boolean
  readonly onPick: (kind: ChartKind) => void
}

/** All kinds with small pictures: those that fit first, the others with the reason. */
export function KindGallery({ offers, chosen, isWide = false, onPick }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const named = new Set(kindsNamed(typed))
  const found = offers.filter(({ kind }) => named.has(kind))
  const columns = isWide ? 'grid-cols-2 sm:grid-cols-4 md:grid-cols-5' : 'grid-cols-3'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SearchField
        aria-label="Search kinds of charts"
        value={typed}
        onChange={setTyped}
        className={`relative border-b border-line ${isWide ? 'px-4 py-2' : 'p-2'}`}
      >
        <Search size={14} aria-hidden className={`absolute top-4.5 text-faint ${isWide ? 'left-6.5' : 'left-4.5'}`} />
        <Input placeholder="Search: trend, share, map, list…" className={SEARCH_INPUT} />
      </SearchField>
      <div className={`min-h-0 flex-1 overflow-auto ${isWide ? 'px-4 pb-4' : 'px-2 pb-2'}`}>
        {GROUPS.map(({ fit, title }) => {
          const group = found.filter((offer) => offer.fit === fit)
          if (group.length === 0) return null
          return (
            <section key={fit} aria-label={title}>
              <h3 className="pt-3 pb-1.5 text-sm font-medium text-muted">{title}</h3>
              <div className={`grid gap-1.5 ${columns}`}>
                {group.map((offer) => (
                  <KindCard key={offer.kind} offer={offer} isChosen={offer.kind === chosen} onPick={onPick} />
                ))}
              </div>
            </section>
          )
        })}
        {found.length === 0 && <p className="p-4 text-center text-muted">No kind of chart is called that.</p>}
      </div>
    </div>
  )
}

const GROUPS = [
  { fit: 'fits', title: 'Fits' },
  { fit: 'adapts', title: 'Fits with a small change' },
  { fit: 'free', title: KIND_GROUPS.free },
  { fit: 'never', title: 'Not with this data' },
] as const

interface CardProps {
  readonly offer: KindOffer
  readonly isChosen: boolean
  readonly onPick: (kind: ChartKind) => void
}

function KindCard({ offer: { kind, fit, reason }, isChosen, onPick }: CardProps): ReactElement {
  const { label, note } = KINDS[kind]
  return (
    <Tooltip text={fit === 'never' ? undefined : note}>
      <Button
        aria-pressed={isChosen}
        isDisabled={fit === 'never'}
        onPress={() => onPick(kind)}
        className={`${CARD} ${isChosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
      >
        <KindPicture kind={kind} />
        <span className="w-full truncate text-center text-sm font-medium">{label}</span>
        {reason && <span className="w-full text-center text-xs text-pretty text-faint">{reason}</span>}
      </Button>
    </Tooltip>
  )
}

const CARD = [
  'flex min-w-0 flex-col items-center gap-1 rounded-md border px-1.5 py-2 outline-none',
  'enabled:hover:border-accent enabled:hover:bg-hover disabled:cursor-not-allowed disabled:border-dashed disabled:grayscale data-[focus-visible]:outline-2',
].join(' ')
