import { basename } from 'node:path'
import { readBoard } from '@almanac/core/boards/read-board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { readSegment } from '@almanac/core/segments/read-segment.ts'
import { type Segment, SegmentName } from '@almanac/core/segments/segment.ts'
import { slugOf } from '../boards/addresses/slug.ts'
import type { PlacedBoard } from '../boards/fixed-boards.ts'

/** Where a definition stands in the workspace. */
interface Place {
  readonly file: string
  /** Of the export. */
  readonly name: string
}

type Checked<Definition> = { readonly definition: Definition } | { readonly issues: readonly Issue[] }

/** A board of the workspace, with its address. */
export function checkPlacedBoard(value: unknown, place: Place): Checked<PlacedBoard> {
  const read = readBoard(value)
  return 'issues' in read ? read : { definition: { slug: nameOf(place), board: read.board } }
}

/** A segment of the workspace, by the name that it gives itself or has from its place. */
export function checkPlacedSegment(value: unknown, place: Place): Checked<Segment> {
  const read = readSegment(value)
  if ('issues' in read) return read
  const { label, description, cube, filter } = read.segment
  const name = SegmentName.safeParse(read.segment.name ?? nameOf(place))
  if (!name.success) return { issues: name.error.issues.map(({ message }) => ({ path: ['name'], message })) }
  return { definition: { name: name.data, label: label || name.data, description, cube, filter } }
}

/**
 * The name of the file for what it exports by default, the name of the export for others. `boards/sales.ts` is at `sales`, an
 * export `salesByCountry` at `sales-by-country`.
 */
function nameOf({ file, name }: Place): string {
  const named = name.replace(/^default(?=$|\[)/, basename(file, '.ts'))
  return slugOf(named.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-'))
}
