export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'almanac.theme'

export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
}

/** Takes effect at once, and on the next visit before the first paint: `public/theme.js` reads what is stored here. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  window.almanacApplyTheme?.()
}

/** Calls back whenever the colours change, for what CSS does not reach, such as a canvas. Returns the way to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

declare global {
  interface Window {
    almanacApplyTheme?: () => void
    /** Whatever this browser was set to, until it is called with `undefined`: for shared boards and wall screens. */
    almanacFixTheme?: (theme: Exclude<Theme, 'system'> | undefined) => void
  }
}
