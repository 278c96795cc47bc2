import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { PopoverDialog } from '../../../ui/popover.tsx'
import { KINDS } from '../kinds/kind-catalogue.ts'
import { KindGallery, type KindOffer } from '../kinds/kind-gallery.tsx'
import { KindPicture } from '../kinds/kind-picture.tsx'

interface Props {
  readonly kind: ChartKind
  readonly offers: readonly KindOffer[]
  readonly onChange: (kind: ChartKind) => void
}

/** The kind of a widget's chart, and all the others it could be. */
export function KindPicker({ kind, offers, onChange }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { label, note } = KINDS[kind]
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className={TRIGGER}>
        <span className="w-12 shrink-0">
          <KindPicture kind={kind} />
        </span>
        <span className="min-w-0 flex-1 text-left">
          <span className="block font-medium">
            <span className="sr-only">Kind of chart: </span>
            {label}
          </span>
          <span className="block truncate text-sm text-muted">{note}</span>
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </Button>
      <PopoverDialog
        label="Kind of chart"
        placement="bottom end"
        className="flex max-h-[min(40rem,80dvh)] w-96 max-w-[calc(100vw-1.5rem)] flex-col"
      >
        <KindGallery
          offers={offers}
          chosen={kind}
          onPick={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      </PopoverDialog>
    </DialogTrigger>
  )
}

const TRIGGER =
  'flex w-full min-w-0 items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 hover:border-line-strong'
