import { useSyncExternalStore } from 'react'
import { stageZoom } from '../slides/stage-zoom.ts'

/** What the screen is: how much is to be enlarged, and whether it stands upright. */
export function useScreen(): { readonly zoom: number; readonly shape: 'wide' | 'upright' } {
  const text = useSyncExternalStore(onResize, () => `${window.innerWidth} ${window.innerHeight}`)
  const [widthPx = 0, heightPx = 0] = text.split(' ').map(Number)
  return { zoom: stageZoom(widthPx, heightPx), shape: heightPx > widthPx ? 'upright' : 'wide' }
}

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
