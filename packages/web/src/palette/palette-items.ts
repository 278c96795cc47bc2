import type { ReactNode } from 'react'
import { type Fit, fuzzyFit, isByWords } from './fuzzy.ts'

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

/**
 * What fits, the best first; the group with the best of all comes first, too. Something said twice is there once. Scattered
 * letters count only while nothing has the words.
 */
export function foundGroups(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  if (typed.trim() === '') return groups.filter(({ isHidden, items }) => !isHidden && items.length > 0)
  const seen = new Set<string>()
  const all = groups.map((group) => ({ ...group, ranked: ranked(group.items, typed) }))
  const hasWords = all.some(({ ranked: found }) => found.some(isByWords))
  return all
    .map((group) => (hasWords ? { ...group, ranked: group.ranked.filter(({ by }) => by !== 'letters') } : group))
    .filter(({ ranked: found }) => found.length > 0)
    .sort((a, b) => (b.ranked[0]?.score ?? 0) - (a.ranked[0]?.score ?? 0))
    .map(({ label, ranked: found }) => ({ label, items: found.map(({ item }) => item).filter(isNew(seen)) }))
    .filter(({ items }) => items.length > 0)
    .map(({ label, items }) => ({ label, items: items.slice(0, MOST_OF_GROUP) }))
}

function ranked(items: readonly PaletteItem[], typed: string) {
  return items
    .flatMap((item) => {
      const fit = itemFit(item, typed)
      return fit === undefined ? [] : [{ item, ...fit }]
    })
    .sort((a, b) => b.score - a.score)
}

/** What is found by its other words only counts less than what is called so. */
function itemFit({ label, note = '', words = '' }: PaletteItem, typed: string): Fit | undefined {
  const byLabel = fuzzyFit(typed, label)
  if (byLabel && byLabel.by !== 'letters') return byLabel
  const byAll = fuzzyFit(typed, `${label} ${note} ${words}`)
  if (!byAll || (byLabel && byAll.by === 'letters')) return byLabel
  return { ...byAll, score: byAll.score / 2 }
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
