import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'

/** Markdown as it was written; whoever shows it lets no HTML through. */
export function drawText({ text }: ChartOf<'text'>, _frame: Frame, _look: Look): Drawing {
  if (text.trim() === '') return { as: 'empty', reason: 'nothing', text: 'No text yet.' }
  return { as: 'text', markdown: text }
}
