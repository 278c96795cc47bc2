import type { Shortcut } from '../ui/shortcut-list.ts'

interface KeyLine {
  readonly keys: string
  readonly label: string
}

interface KeyGroup {
  readonly label: string
  readonly lines: readonly KeyLine[]
}

/** What is the page's own comes first, and what works on every page last. */
const LAST = ['Go to', 'Everywhere']

/** The keys by group. Of several meanings of the same keys only the one in force is told. */
export function keyGroups(shortcuts: readonly Shortcut[]): KeyGroup[] {
  const own = shortcuts.filter(({ isFallback }) => !isFallback)
  const inForce = new Map<string, Shortcut>()
  for (const one of [...shortcuts.filter(({ isFallback }) => isFallback), ...own]) inForce.set(one.keys, one)
  const groups = Map.groupBy(inForce.values(), ({ group }) => group)
  return [...groups]
    .map(([label, lines]) => ({ label, lines: lines.map(({ keys, label: does }) => ({ keys, label: does })) }))
    .sort((a, b) => LAST.indexOf(a.label) - LAST.indexOf(b.label))
}
