import { type ChartTheme, CONTRAST, DARK, LIGHT } from '@almanac/core/charts/theme.ts'
import { useSyncExternalStore } from 'react'
import { onThemeChange } from '../../ui/theme.ts'

const THEMES: Readonly<Record<string, ChartTheme>> = { light: LIGHT, dark: DARK, contrast: CONTRAST }

/** The colours of charts in the theme that the page has now; on paper, which is white, the light ones. */
export function useChartTheme(): ChartTheme {
  return THEMES[useSyncExternalStore(onChange, themeName)] ?? LIGHT
}

function themeName(): string {
  return matchMedia('print').matches ? 'light' : (document.documentElement.dataset.theme ?? 'light')
}

function onChange(changed: () => void): () => void {
  const stop = onThemeChange(changed)
  const print = matchMedia('print')
  print.addEventListener('change', changed)
  return () => {
    stop()
    print.removeEventListener('change', changed)
  }
}
