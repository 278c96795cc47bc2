import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactElement, useEffect, useState } from 'react'
import { LazyDialog } from '../../lazy/lazy-dialog.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import { collectTyping } from '../../palette/type-ahead.ts'
import { useShortcut } from '../../ui/shortcuts.ts'
import { PAGES } from '../pages.ts'

const PALETTE = lazyPart(() => import('../../palette/palette.tsx'))
const HELP = lazyPart(() => import('../../help/help-dialog.tsx'))

interface Overlays {
  readonly overlays: ReactElement
  readonly openPalette: () => void
  readonly openHelp: () => void
}

/** What opens over every page, and the keys that work on every page. */
export function useOverlays(): Overlays {
  const [open, setOpen] = useState<'palette' | 'help'>()
  const close = () => setOpen(undefined)
  const openPalette = () => {
    collectTyping()
    setOpen('palette')
  }
  const openHelp = () => setOpen('help')
  useShortcut('mod+k', 'Search and commands', open === 'palette' ? close : openPalette, {
    ...OF_FRAME,
    isEverywhere: true,
  })
  useShortcut('/|f', 'Search', openPalette, OF_FRAME)
  useShortcut('?', 'Show the keys of this page', openHelp, OF_FRAME)
  // A link in the palette has led elsewhere.
  const path = useRouterState({ select: ({ location }) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it is about.
  useEffect(close, [path])
  useEffect(preloadWhenIdle, [])
  const overlays = (
    <>
      {PAGES.map(({ path: to, label, keys }) => keys && <GoKey key={to} to={to} label={label} keys={keys} />)}
      {open === 'palette' && <LazyDialog part={PALETTE} props={{ onClose: close, onHelp: openHelp }} />}
      {open === 'help' && <LazyDialog part={HELP} props={{ onClose: close }} />}
    </>
  )
  return { overlays, openPalette, openHelp }
}

/** So that it opens at once; it is no part of what a page waits for. */
function preloadWhenIdle(): () => void {
  const timer = setTimeout(() => void PALETTE.preload(), 4000)
  return () => clearTimeout(timer)
}

const OF_FRAME = { group: 'Everywhere', isFallback: true }

function GoKey({ to, label, keys }: { to: (typeof PAGES)[number]['path']; label: string; keys: string }): null {
  const navigate = useNavigate()
  useShortcut(keys, label, () => void navigate({ to }), { group: 'Go to', isFallback: true })
  return null
}
