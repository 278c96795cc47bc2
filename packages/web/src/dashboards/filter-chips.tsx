import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, Tag, TagGroup, TagList } from 'react-aria-components'
import { type DashboardSearch, FILTER_DIMENSIONS, type FilterDimension } from './dashboard-search.ts'
import { valueLabel } from './value-label.ts'
import { WEB_CUBE } from './web-cube.ts'

interface Props {
  readonly search: DashboardSearch
  readonly onRemove: (dimension: FilterDimension, value: string) => void
  readonly onClear: () => void
}

/** The filters that are set by clicks on lists; the source and bots have controls of their own. */
export function FilterChipsView({ search, onRemove, onClear }: Props): ReactElement | null {
  const chips = chipsOf(search)
  if (chips.length === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <TagGroup
        aria-label="Filters"
        onRemove={(keys) => {
          for (const { id, dimension, value } of chips) if (keys.has(id)) onRemove(dimension, value)
        }}
      >
        <TagList className="flex flex-wrap gap-1.5" items={chips}>
          {({ id, name, text }) => (
            <Tag id={id} textValue={`${name} ${text}`} className={CHIP}>
              <span className="text-muted">{name}</span>
              <bdi title={text} className="max-w-64 truncate font-medium">
                {text}
              </bdi>
              <Button slot="remove" aria-label={`Remove ${name} ${text}`} className={REMOVE}>
                <X size={13} aria-hidden />
              </Button>
            </Tag>
          )}
        </TagList>
      </TagGroup>
      <Button onPress={onClear} className="h-7 rounded-md px-2 text-muted hover:bg-hover hover:text-ink">
        Clear all
      </Button>
    </div>
  )
}

function chipsOf(search: DashboardSearch) {
  return FILTER_DIMENSIONS.filter((dimension) => dimension !== 'source').flatMap((dimension) =>
    (search[dimension] ?? []).map((value) => {
      const { label, mark } = valueLabel(dimension, value)
      const name = WEB_CUBE.dimensions[dimension].label
      return { id: `${dimension}:${value}`, dimension, value, name, text: mark ? `${mark} ${label}` : label }
    }),
  )
}

const CHIP = 'flex h-7 items-center gap-1.5 rounded-md bg-accent-soft pr-0.5 pl-2'
const REMOVE = 'grid size-6 place-items-center rounded-sm text-muted hover:bg-surface hover:text-ink'
