/**
 * Keys as text: `g d` is g and then d, `mod+k` is ⌘K on a Mac and ctrl K elsewhere, `/|f` is either. A letter means the key
 * without shift; a sign such as `?` is meant as it is typed, whatever the keyboard needs for it.
 */

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** All ways to type it, each as its presses. */
export function waysOf(keys: string): string[][] {
  return keys.split('|').map((way) => way.split(' '))
}

export function isPress(step: string, { key, ctrlKey, metaKey, shiftKey, altKey }: Press): boolean {
  const parts = step.split('+')
  const wanted = parts.at(-1) ?? ''
  if (key.toLowerCase() !== wanted || altKey) return false
  if ((ctrlKey || metaKey) !== parts.includes('mod')) return false
  return isSign(wanted) || shiftKey === parts.includes('shift')
}

/** How the keys of one press are written on a keyboard. */
export function keyCaps(step: string, isMac: boolean): string[] {
  return step.split('+').map((part) => {
    const cap = CAPS[part]
    if (cap) return isMac ? cap.mac : cap.other
    return part.length === 1 ? part.toUpperCase() : part
  })
}

/** As `aria-keyshortcuts` wants it; a sequence has no such form. */
export function ariaKeys(keys: string): string | undefined {
  const single = waysOf(keys).filter(({ length }) => length === 1)
  const texts = single.flatMap(([step = '']) => {
    const rest = step.replace('mod+', '').replace('shift+', 'Shift+')
    return step.includes('mod+') ? [`Control+${rest}`, `Meta+${rest}`] : [rest]
  })
  return texts.length > 0 ? texts.join(' ') : undefined
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)
}

const isSign = (key: string) => key.length === 1 && !/[a-z0-9]/.test(key)

const CAPS: Readonly<Record<string, { readonly mac: string; readonly other: string }>> = {
  mod: { mac: '⌘', other: 'Ctrl' },
  shift: { mac: '⇧', other: 'Shift' },
  escape: { mac: 'Esc', other: 'Esc' },
  enter: { mac: '↵', other: 'Enter' },
  delete: { mac: '⌦', other: 'Del' },
  backspace: { mac: '⌫', other: 'Backspace' },
  arrowleft: { mac: '←', other: '←' },
  arrowright: { mac: '→', other: '→' },
  arrowup: { mac: '↑', other: '↑' },
  arrowdown: { mac: '↓', other: '↓' },
}
