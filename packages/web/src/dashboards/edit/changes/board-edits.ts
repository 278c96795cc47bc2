import type { Board, Section, Tab } from '@almanac/core/boards/board.ts'
import { freshId } from './fresh-id.ts'

/**
 * Changes of a board's tabs and sections, as functions from a board to a board. What does not change stays the same
 * object, so that nothing of it is drawn again. Ids that are not there change nothing.
 */

export interface Made {
  readonly board: Board
  /** Of what was made. */
  readonly id: string
}

export function addTab(board: Board, title: string): Made {
  const id = freshId(title, tabIds(board), 'tab')
  const section: Section = { id: freshId('main', sectionIds(board), 'main'), isCollapsed: false, widgets: [] }
  return { board: { ...board, tabs: [...board.tabs, { id, title, sections: [section] }] }, id }
}

export function renameTab(board: Board, tabId: string, title: string): Board {
  return mapTabs(board, (tab) => (tab.id === tabId ? { ...tab, title } : tab))
}

export function moveTab(board: Board, tabId: string, by: -1 | 1): Board {
  const tabs = moved(board.tabs, (tab) => tab.id === tabId, by)
  return tabs === board.tabs ? board : { ...board, tabs }
}

/** With all that is in it. The last tab stays: a board has at least one. */
export function removeTab(board: Board, tabId: string): Board {
  const tabs = board.tabs.filter(({ id }) => id !== tabId)
  return tabs.length === 0 || tabs.length === board.tabs.length ? board : { ...board, tabs }
}

export function addSection(board: Board, tabId: string, title: string): Made {
  const id = freshId(title, sectionIds(board), 'section')
  const section: Section = { id, title, isCollapsed: false, widgets: [] }
  const next = mapTabs(board, (tab) => (tab.id === tabId ? { ...tab, sections: [...tab.sections, section] } : tab))
  return { board: next, id }
}

/** Without a title, the section has no header and can't be collapsed. */
export function renameSection(board: Board, sectionId: string, title: string | undefined): Board {
  return mapSections(board, (section) => {
    if (section.id !== sectionId) return section
    const { title: _, ...rest } = section
    return title === undefined ? { ...rest, isCollapsed: false } : { ...rest, title }
  })
}

export function setCollapsed(board: Board, sectionId: string, isCollapsed: boolean): Board {
  return mapSections(board, (section) => (section.id === sectionId ? { ...section, isCollapsed } : section))
}

export function moveSection(board: Board, sectionId: string, by: -1 | 1): Board {
  return mapTabs(board, (tab) => {
    const sections = moved(tab.sections, (section) => section.id === sectionId, by)
    return sections === tab.sections ? tab : { ...tab, sections }
  })
}

/** With its widgets. The last section of a tab is emptied instead. */
export function removeSection(board: Board, sectionId: string): Board {
  return mapTabs(board, (tab) => {
    const sections = tab.sections.filter(({ id }) => id !== sectionId)
    if (sections.length === tab.sections.length) return tab
    const [last] = tab.sections
    if (sections.length === 0 && last) return { ...tab, sections: [{ id: last.id, isCollapsed: false, widgets: [] }] }
    return { ...tab, sections }
  })
}

/** Sections that `change` gives back as they are stay the same, and so do their tabs. */
export function mapSections(board: Board, change: (section: Section) => Section): Board {
  return mapTabs(board, (tab) => {
    const sections = mapped(tab.sections, change)
    return sections === tab.sections ? tab : { ...tab, sections }
  })
}

export function sectionsOf(board: Board): Section[] {
  return board.tabs.flatMap(({ sections }) => sections)
}

function mapTabs(board: Board, change: (tab: Tab) => Tab): Board {
  const tabs = mapped(board.tabs, change)
  return tabs === board.tabs ? board : { ...board, tabs }
}

function mapped<T>(list: T[], change: (one: T) => T): T[] {
  const next = list.map(change)
  return next.every((one, i) => one === list[i]) ? list : next
}

function moved<T>(list: T[], isIt: (one: T) => boolean, by: -1 | 1): T[] {
  const from = list.findIndex(isIt)
  const to = from + by
  const one = list[from]
  if (one === undefined || to < 0 || to >= list.length) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, one)
}

const tabIds = (board: Board) => board.tabs.map(({ id }) => id)
const sectionIds = (board: Board) => sectionsOf(board).map(({ id }) => id)
