import type { Section } from '@almanac/core/boards/board.ts'
import { useState } from 'react'

/** Which sections the reader has folded and unfolded, remembered in this browser for each board. */
export function useOpenSections(slug: string | undefined): {
  readonly isOpen: (section: Section) => boolean
  readonly toggle: (section: Section) => void
} {
  const key = `almanac.sections.${slug ?? ''}`
  const [chosen, setChosen] = useState(() => read(key))
  const isOpen = (section: Section) => section.title === undefined || (chosen[section.id] ?? !section.isCollapsed)
  return {
    isOpen,
    toggle: (section) => {
      const next = { ...chosen, [section.id]: !isOpen(section) }
      setChosen(next)
      write(key, next)
    },
  }
}

function read(key: string): Readonly<Record<string, boolean>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'boolean'))
  } catch {
    return {}
  }
}

function write(key: string, chosen: Readonly<Record<string, boolean>>): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosen))
  } catch {
    // A browser that keeps nothing.
  }
}
