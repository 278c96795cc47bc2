import { Plus, X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'

interface Props<T> {
  /** What a row is, such as `target`. */
  readonly what: string
  readonly rows: readonly T[]
  readonly empty: T
  readonly most: number
  readonly onChange: (rows: T[]) => void
  readonly children: (row: T, change: (row: T) => void, index: number) => ReactNode
}

/** A list of small rows to fill in. */
export function RowList<T>({ what, rows, empty, most, onChange, children }: Props<T>): ReactElement {
  return (
    <div className="flex flex-col gap-1.5">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names; they are what stands at their place.
        <div key={index} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">{children(row, (next) => onChange(rows.with(index, next)), index)}</div>
          <Button
            look="quiet"
            isIcon
            aria-label={`Remove ${what} ${index + 1}`}
            onPress={() => onChange(rows.toSpliced(index, 1))}
          >
            <X size={13} aria-hidden />
          </Button>
        </div>
      ))}
      {rows.length < most && (
        <Button look="quiet" className="self-start" onPress={() => onChange([...rows, empty])}>
          <Plus size={14} aria-hidden /> Add {what}
        </Button>
      )}
    </div>
  )
}
