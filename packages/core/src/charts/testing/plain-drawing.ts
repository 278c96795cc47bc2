import type { Drawing } from '../drawing.ts'

/** A drawing as JSON: without its functions, and of a table the first rows. */
export function plainDrawing(drawing: Drawing): string {
  if (drawing.as !== 'table') return `${JSON.stringify(drawing, null, 2)}\n`
  const rows = Array.from({ length: Math.min(drawing.count, 20) }, (_, index) => drawing.row(index))
  return `${JSON.stringify({ ...drawing, rows }, null, 2)}\n`
}
