import type { ReactNode } from 'react'
import { fuzzyScore } from './fuzzy.ts'

/** Something that the palette can open or do. */
export interface PaletteItem {
  readonly id: string
  readonly label: string
  /** Behind the label, in a fainter colour. */
  readonly note?: string | undefined
  /** Other words by which it is found. */
  readonly words?: string | undefined
  readonly keys?: string | undefined
  readonly icon: ReactNode
  readonly run: () => void
}

export interface PaletteGroup {
  readonly label: string
  readonly items: readonly PaletteItem[]
  /** Only once something is typed: there are too many of them, or they are rarely meant. */
  readonly isHidden?: boolean
}

const MOST_OF_GROUP = 8

/** What fits, the best first; the group with the best of all comes first, too. Something said twice is there once. */
export function foundGroups(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  if (typed.trim() === '') return groups.filter(({ isHidden, items }) => !isHidden && items.length > 0)
  const seen = new Set<string>()
  return groups
    .map((group) => ({ ...group, ranked: ranked(group.items, typed) }))
    .filter(({ ranked: found }) => found.length > 0)
    .sort((a, b) => (b.ranked[0]?.score ?? 0) - (a.ranked[0]?.score ?? 0))
    .map(({ label, ranked: found }) => ({ label, items: found.map(({ item }) => item).filter(isNew(seen)) }))
    .filter(({ items }) => items.length > 0)
    .map(({ label, items }) => ({ label, items: items.slice(0, MOST_OF_GROUP) }))
}

function ranked(items: readonly PaletteItem[], typed: string) {
  return items
    .flatMap((item) => {
      const score = itemScore(item, typed)
      return score === undefined ? [] : [{ item, score }]
    })
    .sort((a, b) => b.score - a.score)
}

/** What is found by its other words only counts less than what is called so. */
function itemScore({ label, note = '', words = '' }: PaletteItem, typed: string): number | undefined {
  const byLabel = fuzzyScore(typed, label)
  if (byLabel !== undefined) return byLabel
  const byAll = fuzzyScore(typed, `${label} ${note} ${words}`)
  return byAll === undefined ? undefined : byAll / 2
}

/** A board that was seen lately is among all boards again. */
function isNew(seen: Set<string>): (item: PaletteItem) => boolean {
  return ({ id }) => {
    const name = id.replace(/^recent:/, 'board:')
    if (seen.has(name)) return false
    seen.add(name)
    return true
  }
}
