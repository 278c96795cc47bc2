import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, Share2, Star } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { BOARDS, type BoardAnswer, boardQuery, setFavourite } from '../../../api/boards.ts'
import { Button } from '../../../ui/button.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'

interface Props {
  readonly title: string
  readonly description: string | undefined
  readonly favourite?: { readonly slug: string; readonly isFavourite: boolean } | undefined
  /** Live state and refreshing. */
  readonly status: ReactNode
  readonly onEdit?: (() => void) | undefined
  readonly editLabel?: string
  readonly onShare?: (() => void) | undefined
  readonly menu: ReactNode
}

export function BoardHeader({
  title,
  description,
  favourite,
  status,
  onEdit,
  editLabel = 'Edit',
  onShare,
  menu,
}: Props): ReactElement {
  return (
    <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex min-w-0 flex-1 items-center gap-1">
        <h1 title={title} className="min-w-0 truncate text-lg font-semibold tracking-tight">
          <bdi>{title}</bdi>
        </h1>
        {favourite && <FavouriteButton {...favourite} />}
        {description && (
          <p title={description} className="ml-2 min-w-0 flex-1 truncate text-muted max-lg:hidden print:hidden">
            {description}
          </p>
        )}
      </div>
      {status}
      <div className="flex items-center gap-2 print:hidden">
        {onShare && (
          <Button onPress={onShare} className="max-sm:hidden">
            <Share2 size={14} aria-hidden /> Share
          </Button>
        )}
        {onEdit && (
          <Button onPress={onEdit} className="max-sm:hidden">
            <Pencil size={14} aria-hidden /> {editLabel}
          </Button>
        )}
        {menu}
      </div>
    </header>
  )
}

function FavouriteButton({ slug, isFavourite }: { slug: string; isFavourite: boolean }): ReactElement {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (next: boolean) => setFavourite(slug, next),
    onMutate: (next) => {
      client.setQueryData(boardQuery(slug).queryKey, (known: BoardAnswer | undefined) =>
        known ? { ...known, isFavourite: next } : known,
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: [BOARDS] }),
  })
  const label = isFavourite ? 'Remove from favourites' : 'Add to favourites'
  return (
    <Tooltip text={label}>
      <Button
        look="quiet"
        isIcon
        aria-label={label}
        aria-pressed={isFavourite}
        className="print:hidden"
        onPress={() => change.mutate(!isFavourite)}
      >
        <Star size={15} aria-hidden className={isFavourite ? 'fill-warning text-warning' : ''} />
      </Button>
    </Tooltip>
  )
}
