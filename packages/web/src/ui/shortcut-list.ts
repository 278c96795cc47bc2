import { isPress, waysOf } from './shortcut-keys.ts'

export interface Shortcut {
  /** See `shortcut-keys.ts`. */
  readonly keys: string
  readonly label: string
  /** Under which it stands in the help. */
  readonly group: string
  /** Also while somebody writes in a field or a dialog is open. */
  readonly isEverywhere: boolean
  /** Of the frame around the page: it gives way to the page's own meaning of the same keys. */
  readonly isFallback: boolean
  /** Absent: what has the focus answers to these keys by itself, and the help only tells of them. */
  readonly run: (() => void) | undefined
}

type Press = Parameters<typeof isPress>[1]

/** Where the focus is when a key is pressed: letters find the lines of a list, and belong to a field. */
export type Place = 'page' | 'list' | 'field'

/** The keys that are in force at the moment. Of several for the same keys, the one that came last is meant. */
export interface ShortcutList {
  add(shortcut: Shortcut): () => void
  all(): readonly Shortcut[]
  onChange(changed: () => void): () => void
  /** Whether the press was one of ours; then the browser's own meaning of it is to be prevented. */
  press(press: Press, place: Place, nowMs: number): boolean
}

/** Between the keys of a sequence. */
const LONGEST_PAUSE_MS = 1200
const MODIFIERS = ['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock']

export function shortcutList(): ShortcutList {
  let shortcuts: readonly Shortcut[] = []
  let begun: { readonly presses: readonly Press[]; readonly atMs: number } = { presses: [], atMs: 0 }
  const watchers = new Set<() => void>()
  const replace = (next: readonly Shortcut[]) => {
    shortcuts = next
    for (const changed of watchers) changed()
  }
  return {
    add(shortcut) {
      replace([...shortcuts, shortcut])
      return () => replace(shortcuts.filter((one) => one !== shortcut))
    },
    all: () => shortcuts,
    onChange(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    press(press, place, nowMs) {
      if (MODIFIERS.includes(press.key)) return false
      const open = shortcuts.filter((one) => one.run && isOpen(one, press, place))
      const earlier = nowMs - begun.atMs <= LONGEST_PAUSE_MS ? begun.presses : []
      for (const presses of earlier.length > 0 ? [[...earlier, press], [press]] : [[press]]) {
        const whole = open.filter((one) => waysOf(one.keys).some((way) => isWhole(way, presses)))
        const found = whole.findLast(({ isFallback }) => !isFallback) ?? whole.at(-1)
        begun = { presses: found ? [] : presses, atMs: nowMs }
        if (found) {
          found.run?.()
          return true
        }
        if (open.some((one) => waysOf(one.keys).some((way) => isBeginning(way, presses)))) return false
      }
      begun = { presses: [], atMs: nowMs }
      return false
    },
  }
}

function isOpen({ isEverywhere }: Shortcut, { key, ctrlKey, metaKey }: Press, place: Place): boolean {
  if (isEverywhere || place === 'page') return true
  return place === 'list' && (ctrlKey || metaKey || !/^[a-z0-9]$/i.test(key))
}

const isWhole = (way: readonly string[], presses: readonly Press[]) =>
  way.length === presses.length && isBeginning(way, presses)

function isBeginning(way: readonly string[], presses: readonly Press[]): boolean {
  return way.length >= presses.length && presses.every((press, i) => isPress(way[i] ?? '', press))
}
