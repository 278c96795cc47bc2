import { Widget } from '@almanac/core/boards/board.ts'
import { expectation, issuesOf } from '@almanac/core/cubes/define/schema-issues.ts'
import type { Issue } from '@almanac/core/errors.ts'

/** A widget as it is written may be wrong for a moment: then all that is wrong with it is said, each with its path. */
export function checkWidget(draft: Widget): { readonly issues: readonly Issue[] } {
  const read = Widget.safeParse(draft, { error: expectation })
  return { issues: read.success ? [] : issuesOf(read.error) }
}
