// Sets the colours before the first paint. `ui/theme.ts` writes the same key and calls `almanacApplyTheme` after a change.
;(() => {
  const darkSystem = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let choice = 'system'
    try {
      choice = localStorage.getItem('almanac.theme') || 'system'
    } catch {}
    const isDark = choice === 'dark' || (choice !== 'light' && darkSystem.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }
  apply()
  darkSystem.addEventListener('change', apply)
  addEventListener('storage', apply)
  window.almanacApplyTheme = apply
})()
