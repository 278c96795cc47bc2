/** The statements that somebody works on, as they are kept in the browser. */
export interface SqlTab {
  readonly id: string
  /** Given by hand; without one, the tab is called after its statement. */
  readonly name?: string
  /** The saved statement that it was opened from, which saving means again. */
  readonly source?: string
  readonly sql: string
  /** As they were typed, by name. */
  readonly values: Readonly<Record<string, string>>
}

export interface SqlTabs {
  readonly tabs: readonly SqlTab[]
  /** The id of the one that is open. */
  readonly open: string
}

const MOST_TABS = 20
const KEY = 'almanac.sql.tabs'

export function readTabs(storage: Pick<Storage, 'getItem'>, first: string): SqlTabs {
  const found = parsed(storage.getItem(KEY))
  const tabs = Array.isArray(found?.tabs) ? found.tabs.filter(isTab).slice(0, MOST_TABS) : []
  if (tabs.length === 0) return { tabs: [{ id: '1', sql: first, values: {} }], open: '1' }
  const open = tabs.some(({ id }) => id === found?.open) ? String(found?.open) : (tabs[0]?.id ?? '')
  return { tabs, open }
}

/** A browser that keeps nothing is no reason to fail. */
export function writeTabs(storage: Pick<Storage, 'setItem'>, tabs: SqlTabs): void {
  try {
    storage.setItem(KEY, JSON.stringify(tabs))
  } catch {
    // Full, or not allowed.
  }
}

export function openTab({ tabs, open }: SqlTabs): SqlTab {
  const tab = tabs.find(({ id }) => id === open) ?? tabs[0]
  if (!tab) throw new Error('there is always a tab')
  return tab
}

export function addTab({ tabs }: SqlTabs, sql: string): SqlTabs {
  const id = String(Math.max(0, ...tabs.map((tab) => Number(tab.id) || 0)) + 1)
  return { tabs: [...tabs.slice(-(MOST_TABS - 1)), { id, sql, values: {} }], open: id }
}

/** A saved statement in a tab of its own; where it is already open as it was saved, that one. */
export function addSource(state: SqlTabs, source: Required<Omit<SqlTab, 'id'>>): SqlTabs {
  const there = state.tabs.find((tab) => tab.source === source.source && tab.sql === source.sql)
  return there ? { ...state, open: there.id } : changeTab(addTab(state, source.sql), source)
}

/** The last one is emptied instead. */
export function closeTab(state: SqlTabs, id: string): SqlTabs {
  const at = state.tabs.findIndex((tab) => tab.id === id)
  const tabs = state.tabs.filter((tab) => tab.id !== id)
  if (tabs.length === 0) return addTab({ tabs, open: '' }, '')
  const open = state.open === id ? (tabs[Math.max(0, at - 1)]?.id ?? '') : state.open
  return { tabs, open }
}

export function changeTab({ tabs, open }: SqlTabs, change: Partial<Omit<SqlTab, 'id'>>): SqlTabs {
  return { open, tabs: tabs.map((tab) => (tab.id === open ? { ...tab, ...change } : tab)) }
}

/** What the statement reads from, as that is what one looks for. */
export function tabName({ name, sql, id }: SqlTab): string {
  if (name) return name
  const table = /\bfrom\s+([\w.`"]+)/i.exec(sql.replaceAll(/--.*$/gm, ''))?.[1]?.replaceAll(/[`"]/g, '')
  return table ?? `Query ${id}`
}

function isTab(one: unknown): one is SqlTab {
  if (typeof one !== 'object' || one === null) return false
  const { id, sql, values } = one as Record<string, unknown>
  return typeof id === 'string' && typeof sql === 'string' && typeof values === 'object' && values !== null
}

function parsed(text: string | null): { tabs?: unknown[]; open?: unknown } | undefined {
  try {
    const found: unknown = text === null ? undefined : JSON.parse(text)
    return typeof found === 'object' && found !== null ? found : undefined
  } catch {
    return undefined
  }
}
