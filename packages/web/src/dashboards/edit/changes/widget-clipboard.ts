import { Widget } from '@almanac/core/boards/board.ts'
import { expectation, issuesOf } from '@almanac/core/cubes/define/schema-issues.ts'
import type { NewWidget } from './widget-edits.ts'

/** Widgets as text, to copy them to another board, another tab or a chat. What comes back is checked like any input. */
export function widgetText(widget: Widget): string {
  return JSON.stringify({ almanac: 'widget', widget }, undefined, 2)
}

export type Pasted = { readonly widget: NewWidget } | { readonly problem: string }

/** `undefined` for text that is no widget of ours: then it is pasted by somebody else. */
export function readWidgetText(text: string): Pasted | undefined {
  const found = parsed(text)
  if (typeof found !== 'object' || found === null) return undefined
  if (!('almanac' in found) || found.almanac !== 'widget' || !('widget' in found)) return undefined
  const read = Widget.safeParse(found.widget, { error: expectation })
  if (read.success) return { widget: read.data }
  const [first] = issuesOf(read.error)
  const where = first && first.path.length > 0 ? ` (${first.path.join('.')}: ${first.message})` : ''
  return { problem: `This widget can’t be pasted${where}` }
}

function parsed(text: string): unknown {
  if (text.length > 500_000 || !text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
