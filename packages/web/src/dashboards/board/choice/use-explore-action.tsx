import type { Widget } from '@almanac/core/boards/board.ts'
import { useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { stringifySearch } from '../../../app/search-params.ts'
import { widgetAddress } from '../../../explore/explore-address.ts'
import type { CardAction } from '../../../widgets/card/card-menu.tsx'
import { useBoard } from '../board-context.ts'

/** The widget's question, with all that the reader has chosen, where it can be asked further. */
export function useExploreAction(widget: Widget): readonly CardAction[] {
  const { board, choice } = useBoard()
  const router = useRouter()
  const [first] = widget.data
  if (first?.from !== 'cube') return []
  const run = () => router.history.push(`/explore${stringifySearch(widgetAddress(widget, first, board, choice))}`)
  return [{ id: 'explore', label: 'Open in Explore', icon: <Compass size={14} aria-hidden />, run }]
}
