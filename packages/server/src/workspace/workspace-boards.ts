import { basename } from 'node:path'
import { readBoard } from '@almanac/core/boards/read-board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import type { PlacedBoard } from '../boards/fixed-boards.ts'
import { slugOf } from '../boards/slug.ts'

/**
 * A board of the workspace, with its address: the name of the file for what it exports by default, the name of the export for
 * others. `boards/sales.ts` is at `sales`, an export `salesByCountry` at `sales-by-country`.
 */
export function checkPlacedBoard(
  value: unknown,
  { file, name }: { readonly file: string; readonly name: string },
): { readonly definition: PlacedBoard } | { readonly issues: readonly Issue[] } {
  const read = readBoard(value)
  if ('issues' in read) return read
  const named = name.replace(/^default(?=$|\[)/, basename(file, '.ts'))
  const slug = slugOf(named.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-'))
  return { definition: { slug, board: read.board } }
}
